// Old libraries extend what is built in, watchers wrap it, and hardened pages freeze it afterwards.
"use strict";
Array.prototype.last = function () {
  return this.at(-1);
};
window.fetched = [];
{
  const { fetch } = window;
  window.fetch = async function (...call) {
    const answer = await fetch.apply(this, call);
    window.fetched.push(answer.url);
    await answer.clone().text();
    return answer;
  };
}
for (const name of Object.getOwnPropertyNames(window)) {
  const { value } = Object.getOwnPropertyDescriptor(window, name);
  if (typeof value !== "function") continue;
  Object.freeze(value);
  Object.freeze(value.prototype);
}
