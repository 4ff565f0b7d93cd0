// What somebody could stumble over on this page, as a list of sentences. Contrast as WCAG 2 has it: 4.5, large text 3.
const faults = [];

const rgba = (text) => {
  const parts = text.match(/[\d.]+/g).map(Number);
  return parts.length > 3 ? parts : [...parts, 1];
};
const over = (top, below) => top.slice(0, 3).map((value, i) => value * top[3] + below[i] * (1 - top[3]));
const luminance = (colour) => {
  const [r, g, b] = colour.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
// The colours behind an element; the stops of a gradient count, each by itself.
const backgrounds = (element) => {
  if (element === null) {
    return [getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255]];
  }
  const style = getComputedStyle(element);
  const colour = rgba(style.backgroundColor);
  const below = colour[3] === 1 ? [colour.slice(0, 3)] : backgrounds(element.parentElement).map((under) => over(colour, under));
  const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
  return [...below, ...stops.flatMap((stop) => below.map((under) => over(rgba(stop), under)))];
};

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode.textContent.trim();
  const element = texts.currentNode.parentElement;
  if (text === "" || element.closest("style, script, [aria-hidden=true]") || !element.checkVisibility()) {
    continue;
  }
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  for (const background of backgrounds(element)) {
    const ratio = contrast(over(rgba(style.color), background), background);
    if (ratio < needed) {
      faults.push(`"${text.slice(0, 40)}" has a contrast of ${ratio.toFixed(2)}, needed are ${needed}`);
    }
  }
}

if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
  faults.push(`the page is ${document.documentElement.scrollWidth} pixels wide, the screen ${document.documentElement.clientWidth}`);
}
for (const [selector, name] of [["main", "main landmark"], ["h1", "heading"]]) {
  if (document.querySelectorAll(selector).length !== 1) {
    faults.push(`there is not exactly one ${name}`);
  }
}
if (document.documentElement.lang === "" || document.title === "") {
  faults.push("language or title is missing");
}
document.querySelectorAll("img:not([alt])").forEach((image) => faults.push(`no alt: ${image.src}`));
document.querySelectorAll("a, button").forEach((control) => {
  if (control.textContent.trim() === "" && !control.hasAttribute("aria-label")) {
    faults.push(`without a name: ${control.outerHTML.slice(0, 60)}`);
  }
});
document.querySelectorAll("input:not([type=hidden])").forEach((input) => {
  if (input.labels.length === 0 && !input.hasAttribute("aria-label")) {
    faults.push(`without a label: ${input.name}`);
  }
});
return faults;
