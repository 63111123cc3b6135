"use strict";
const EVERY_MS = 60000;
const read = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("main");
const said = document.querySelector("[role=status]");
async function renew() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (answer && answer.status === 404) location.reload();
  if (!answer || !answer.ok) return;
  const fresh = read(await answer.text()), shown = document.querySelector("main");
  if (fresh.innerHTML === shown.innerHTML) return;
  shown.replaceWith(fresh);
  const at = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  said.textContent = `${said.dataset.said} ${at}`;
}
if (said) {
  setInterval(renew, EVERY_MS);
  document.addEventListener("visibilitychange", renew);
}
