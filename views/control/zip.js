// A ZIP without compression, of names and bytes, in the parts of a Blob. Read before image.js, which calls it.
const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number;
});
const crc = (bytes) => {
  let found = -1;
  for (const byte of bytes) found = (found >>> 8) ^ TABLE[(found ^ byte) & 255];
  return ~found;
};

// Files as they are: pictures are compressed already. Names are UTF-8; the fields are those of APPNOTE.TXT, 4.3.
const zip = (files) => {
  const parts = [], index = [];
  const now = new Date(), time = (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
  const day = ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
  const fields = (list) => {
    const view = new DataView(new ArrayBuffer(list.reduce((sum, [size]) => sum + size, 0)));
    list.reduce((at, [size, value]) => (size === 2 ? view.setUint16(at, value, true)
      : view.setUint32(at, value, true), at + size), 0);
    return new Uint8Array(view.buffer);
  };
  let place = 0, indexed = 0;
  for (const [name, bytes] of files) {
    const title = new TextEncoder().encode(name);
    const common = [[2, 20], [2, 0x800], [2, 0], [2, time], [2, day], [4, crc(bytes)],
      [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]];
    const head = fields([[4, 0x04034b50], ...common]);
    // Made by Unix (3), a plain file: of any other maker Info-ZIP's unzip takes the names for an old code page.
    const entry = fields([[4, 0x02014b50], [2, 0x0314], ...common, [2, 0], [2, 0], [2, 0], [4, (0o100644 << 16) >>> 0],
      [4, place]]);
    parts.push(head, title, bytes);
    index.push(entry, title);
    place += head.length + title.length + bytes.length;
    indexed += entry.length + title.length;
  }
  const count = files.length;
  return [...parts, ...index, fields([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count],
    [4, indexed], [4, place], [2, 0]])];
};
