// What a page does beyond showing something, by name.
const DEEDS = {
  become: (address) => {
    history.replaceState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  },
  leave: (address) => location.assign(address),
  speak: (language) => { document.documentElement.lang = language; },
};

export default ({ data }) => DEEDS[data.deed](data.value);
