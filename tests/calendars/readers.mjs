// readers.mjs FILE: our calendar as ical.js and node-ical read it, as JSON: for each reader a list
// of [summary, location, description, start, end], the times in UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const stamp = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 16) + "Z";

function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const names = calendar.getAllSubcomponents().map((component) => component.name);
  if (names.some((name) => name !== "vtimezone" && name !== "vevent"))
    throw new Error(`ical.js found ${names}`);
  return calendar.getAllSubcomponents("vevent").map((component) => {
    if (component.getFirstProperty("attendee")) throw new Error("ical.js found an attendee");
    const event = new ICAL.Event(component);
    return [event.summary ?? "", event.location ?? "", event.description ?? "",
      stamp(event.startDate.toUnixTime() * 1000), stamp(event.endDate.toUnixTime() * 1000)];
  });
}

function byNodeIcal(text) {
  const found = Object.values(nodeIcal.sync.parseICS(text));
  return found.filter((item) => item.type === "VEVENT").map((event) => {
    if (event.attendee) throw new Error("node-ical found an attendee");
    return [event.summary ?? "", event.location ?? "", event.description ?? "",
      stamp(event.start.getTime()), stamp(event.end.getTime())];
  });
}

const text = readFileSync(process.argv[2], "utf8");
console.log(JSON.stringify({ "ical.js": byIcalJs(text), "node-ical": byNodeIcal(text) }));
