"""The words of the pages and charts, each once, both languages side by side.

What belongs to one plan (its title, sectors, places) is data and stands in the
data folder. `{}` fields are filled by name.
"""

from wording import Language

TEXTS: dict[str, tuple[str, str]] = {
    # page
    "page.title": ("{plan}：从哪里起步", "{plan}: where each target starts"),
    "page.intro": (
        "规划纲要给出了数值目标，却没有给出起点。这里把每个目标与可以查证的最近基期数放在一起；没有可比数的，就如实留空。",
        "The plan prints targets but not where they start. Here each target stands beside the latest "
        "figure that can be checked; where there is none, that is shown too.",
    ),
    "page.count": (
        "共{total}项目标：{comparable}项有可比基期数，{partial}项只有部分可比的，{no_baseline}项还没有，{no_path}项不需要。",
        "Targets shown: {total}. With a comparable baseline: {comparable}; partly comparable only: "
        "{partial}; none found yet: {no_baseline}; none needed: {no_path}.",
    ),
    "page.sectors": ("按领域筛选", "Filter by sector"),
    "page.sectors.help": ("不选即全部", "None chosen means all"),
    "page.sector.option": ("{name}（{count}）", "{name} ({count})"),
    "page.language": ("语言", "Language"),
    "page.language.zh": ("中文", "中文"),
    "page.language.en": ("English", "English"),
    "page.ignored": (
        "网址里有不认识的筛选值，已忽略：{values}",
        "The address holds filter values that are not known; they were ignored: {values}",
    ),
    "page.table": ("数据表", "The table"),
    "page.table.alt": ("所选目标的数据表，共{count}行", "Table of the chosen targets, {count} rows"),
    "page.footer": (
        "目标出处：[{title}]({url})（{number}）。数据更新：{updated}。{report}",
        "Source of the targets: [{title}]({url}) ({number}). Data last changed: {updated}. {report}",
    ),
    # notices
    "notice.error": (
        "抱歉，这一页暂时无法显示。数据没有受影响，请稍后刷新；若仍不行，请告诉我们当时的网址。",
        "Sorry, this page cannot be shown just now. The data is safe; please reload in a moment, and tell us "
        "the address if it does not help.",
    ),
    "notice.broken": (
        "数据文件正在修改，暂有{count}处问题。现在显示的是上一次正确的数据。",
        "The data files are being edited and have {count} problems. What you see is the last good data.",
    ),
    "notice.first": (
        "数据文件有{count}处问题，改正之前不显示任何图表。",
        "The data files have {count} problems; no chart is shown until they are mended.",
    ),
    "notice.nodata": (
        "找不到数据文件夹，或其中没有数据文件。",
        "The data folder is missing or holds no data.",
    ),
    # chart
    "chart.title": ("{sector}：从基期到{year}年目标", "{sector}: from the baseline to the {year} target"),
    "chart.subtitle": (
        "基期数占目标值的百分比，目标为100%。低于100%须提高，高于100%须降低。",
        "Baseline as a share of the target (target = 100%). "
        "Below 100% it must rise, above 100% it must fall.",
    ),
    "chart.axis": ("占目标值的百分比", "Share of the target"),
    "chart.values": ("{baseline} → {target}", "{baseline} → {target}"),
    "chart.baseline": ("{value}（{period}）", "{value} ({period})"),
    "chart.baseline.partial": ("{value}（{period}，部分可比）", "{value} ({period}, partly comparable)"),
    "chart.baseline.unverified": ("{value}（{period}，待核实）", "{value} ({period}, unverified)"),
    "chart.baseline.partial_unverified": (
        "{value}（{period}，部分可比，待核实）",
        "{value} ({period}, partly comparable, unverified)",
    ),
    "chart.baseline.missing": ("无可比基期数", "no comparable baseline"),
    "chart.target": ("目标{value}", "target: {value}"),
    "chart.target.strive": ("力争{value}", "aim: {value}"),
    "chart.deadline": ("{value}（{deadline}）", "{value} ({deadline})"),
    "chart.reading": ("{value}（原文印作{printed}）", "{value} (printed as {printed})"),
    "chart.rest": ("不在此轴上：{items}", "Not on this axis: {items}"),
    "chart.rest.item": ("{name}：{value}", "{name}: {value}"),
    "chart.rest.join": ("；", "; "),
    "chart.sources": (
        "目标：{plan}（{number}）。基期：{baselines}。数据更新：{updated}。",
        "Targets: {plan} ({number}). Baselines: {baselines}. Data last changed: {updated}.",
    ),
    "chart.sources.none": ("未找到可比数", "no comparable figure found"),
    "chart.sources.join": ("、", ", "),
    "mark.baseline": ("基期", "Baseline"),
    "mark.unverified": ("基期（待核实）", "Baseline, unverified"),
    "mark.partial": ("虚线：只有部分可比", "Dashed: only partly comparable"),
    "mark.target": ("目标", "Target"),
    "mark.missing": ("无可比基期数", "No comparable baseline"),
    "chart.chapters": ("规划纲要：{chapters}", "In the plan: {chapters}"),
    # doubts, by flag
    "flag.bare-verb": (
        "原文只写“达到”一类的动词，没有写“以上”或“以内”；按至少达到（越低越好的按至多）理解。",
        "The text names the figure with a bare verb, neither a floor nor a cap; it is read as at least "
        "(where lower is better, at most).",
    ),
    "flag.bound-only": ("来源只给出上限或下限。", "The source gives only a bound."),
    "flag.conflicting": (
        "同一时期另有可比数，数值不同，两个都列出。",
        "Another comparable figure for the same period has another value; both are listed.",
    ),
    "flag.definition-unknown": (
        "原文没有说明统计范围或标准，见指标定义。",
        "The text does not say what exactly counts; see the definition.",
    ),
    "flag.suspected-misprint": (
        "原文所印疑有误，照印并另给读法和理由。",
        "What is printed is doubted: it is shown as printed, with a reading and the reason.",
    ),
    "flag.undated": (
        "原文没有给出期限，列在规划期末。",
        "The text gives no date; it is listed under the end of the plan.",
    ),
    "flag.value-from-words": (
        "数值由文字读出（如“千亿”“全覆盖”），原文没有数字。",
        "The value is read from words (such as full coverage); no digits are printed.",
    ),
    # why a kind has no place on the axis
    "rest.heading": ("不在图上的目标", "Targets that have no place on this axis"),
    "rest.increment": ("新增量从零算起，没有起点水平", "an addition counts from zero"),
    "rest.cumulative": ("累计量从零算起，没有起点水平", "a total over the period counts from zero"),
    "rest.growth": ("增速没有起点水平", "a growth rate has no starting level"),
    "rest.relative": ("与平均水平相比的差距，没有起点水平", "a lead over an average has no starting level"),
    "rest.coverage": ("全部覆盖或全部清零，只有达到与未达到", "all or none of a set: reached or not"),
    "rest.scale": ("只有规模等级，未说明指标", "an order of size; the measure is not named"),
    "rest.milestone": ("有期限的事项，没有数值", "a dated state without a figure"),
    "rest.other": ("没有可以对比的数值", "nothing to compare with"),
    "rest.start": ("起算时：{baseline}", "at the start: {baseline}"),
    "rest.line": ("**{name}**：{value}（{why}）", "**{name}**: {value} ({why})"),
    "rest.line.start": ("**{name}**：{value}（{why}；{start}）", "**{name}**: {value} ({why}; {start})"),
    # comparators around a value
    "comparator.ge": ("{}以上", "at least {}"),
    "comparator.ge.bare": ("{}", "{}"),
    "comparator.gt": ("超过{}", "over {}"),
    "comparator.eq": ("{}", "{}"),
    "comparator.about": ("{}左右", "about {}"),
    "comparator.lt": ("低于{}", "under {}"),
    "comparator.le": ("不超过{}", "at most {}"),
    "comparator.le.bare": ("{}", "{}"),
    "comparator.range": ("{}", "{}"),
    "value.annual": ("每年{value}", "{value} a year"),
    "value.growth": ("年均{value}", "{value} a year"),
    "value.annual_average": ("年均{value}", "{value} a year on average"),
    "value.range": ("{low}—{high}", "{low}–{high}"),
    "period.year": ("{year}年", "{year}"),
    "period.day": ("{year}年{month}{day}日", "{day} {month} {year}"),
    "period.months": ("{year}年{first}至{last}", "{first}–{last} {year}"),
    "period.run": ("{first}—{last}年", "{first}–{last}"),
    "period.years": ("{first}—{last}年合计", "{first}–{last} in total"),
    "month.1": ("1月", "Jan"),
    "month.2": ("2月", "Feb"),
    "month.3": ("3月", "Mar"),
    "month.4": ("4月", "Apr"),
    "month.5": ("5月", "May"),
    "month.6": ("6月", "Jun"),
    "month.7": ("7月", "Jul"),
    "month.8": ("8月", "Aug"),
    "month.9": ("9月", "Sep"),
    "month.10": ("10月", "Oct"),
    "month.11": ("11月", "Nov"),
    "month.12": ("12月", "Dec"),
    # table
    "column.sector": ("领域", "Sector"),
    "column.name": ("目标", "Target"),
    "column.target": ("目标值", "Value"),
    "column.deadline": ("期限", "By"),
    "column.baseline": ("基期数", "Baseline"),
    "column.period": ("基期", "Period"),
    "column.status": ("依据", "Evidence"),
    "column.section": ("出处", "Where in the plan"),
    "column.printed": ("原文", "As printed"),
    "column.doubts": ("说明", "Doubts"),
    "status.comparable": ("可比", "comparable"),
    "status.partial": ("部分可比", "partly comparable"),
    "status.no_baseline": ("暂无", "none yet"),
    "status.no_path": ("不需要", "not needed"),
    "section.section": ("第{number}节", "Section {number}"),
    "section.box": ("专栏{number}", "Box {number}"),
    "section.named": ("第{number}章 {name}", "Chapter {number}, {name}"),
    "deadline.implied": ("规划期末", "by the end of the plan"),
    "deadline.undated": ("原文未给期限", "no date given"),
    # image control
    "image.open": ("下载图片", "Download image"),
    "image.png": ("PNG（印刷、社交媒体）", "PNG (print, social media)"),
    "image.svg": ("SVG（可编辑）", "SVG (editable)"),
    "image.busy": ("正在生成…", "Making the image…"),
    "image.done": ("已保存 {file}", "Saved {file}"),
    "image.failed": (
        "图片没有生成：绘图程序没有装入。请刷新页面再试。",
        "No image was made: the drawing program did not load. Please reload the page and try again.",
    ),
    "image.file": ("{sector}_基期与目标", "{sector}_baseline_and_target"),
}


def say(language: Language, key: str, /, **fields: object) -> str:
    """The text of `key`, its fields filled. Raises KeyError for a key that nobody wrote."""
    text = TEXTS[key][0 if language == "zh" else 1]
    return text.format(**fields) if fields else text
