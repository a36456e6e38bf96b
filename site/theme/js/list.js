// The list of cases: find by words, status, policy and category. What is asked stands in the address, so it can be shared.
"use strict";
(function () {
  const table = document.getElementById("cases");
  if (!table) return;
  const AT_ONCE = 200;
  const body = table.tBodies[0];
  const form = document.getElementById("filter");
  const { text, status, policy, category } = form.elements;
  const asked = { text, status, policy, category };
  const categories = Array.from(category.options);
  const shown = document.getElementById("shown");
  const more = document.getElementById("more");
  const noFit = document.getElementById("no-fit");
  const cases = Array.from(body.rows, (row) => ({
    row,
    words: folded(row.textContent),
    status: row.dataset.status,
    policy: row.dataset.policy || "",
    category: row.dataset.category,
  }));
  let found = cases;
  let drawn = 0;

  function folded(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // a policy is asked for with all its editions, which are called policy@day, or an edition by itself
  function isOfPolicy(each) {
    return !policy.value || each.policy === policy.value || each.policy.startsWith(policy.value + "@");
  }

  // each policy has categories of its own: once it is chosen, only they can be
  function offer() {
    const chosen = category.value;
    const own = new Set(cases.filter(isOfPolicy).map((each) => each.category));
    category.replaceChildren(...categories.filter((each) => !each.value || own.has(each.value)));
    category.value = own.has(chosen) ? chosen : "";
  }

  function search() {
    const words = folded(text.value).split(/\s+/).filter(Boolean);
    found = cases.filter((each) =>
      (!status.value || each.status === status.value) &&
      (!category.value || each.category === category.value) &&
      isOfPolicy(each) &&
      words.every((word) => each.words.includes(word)));
    drawn = 0;
    body.replaceChildren();
    draw();
    shown.textContent = String(found.length);
    noFit.hidden = found.length > 0;
  }

  function draw() {
    const next = found.slice(drawn, drawn + AT_ONCE);
    body.append(...next.map((each) => each.row || (each.row = made(each.told))));
    drawn += next.length;
    more.hidden = drawn >= found.length;
  }

  function made(told) {
    const [number, page, status, word, stage, received, category, summary, who, due, isRed] = told;
    const row = document.getElementById("row").content.firstElementChild.cloneNode(true);
    const [head, first, ...cells] = row.children;
    const link = head.firstElementChild;
    link.textContent = number;
    if (/^cases\/[0-9a-z/.-]+\.html$/.test(page)) link.setAttribute("href", page);
    if (isRed) head.append(" ", document.getElementById("flag").content.cloneNode(true));
    first.firstElementChild.className = "chip is-" + status;
    first.firstElementChild.textContent = word;
    [stage, received, category, summary, who, due].forEach((text, n) => { cells[n].textContent = text; });
    return row;
  }

  function remember() {
    const told = new URLSearchParams();
    for (const [name, field] of Object.entries(asked)) if (field.value) told.set(name, field.value);
    const hash = told.toString();
    try {
      history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    } catch {
      location.hash = hash;
    }
  }

  function recall() {
    const told = new URLSearchParams(location.hash.slice(1));
    for (const [name, field] of Object.entries(asked)) {
      field.value = told.get(name) || "";
      if (field === policy) offer();
    }
    search();
  }

  // data/cases.js calls this with the cases that do not stand in the page
  window.caseworkRows = (rows, editions) => {
    for (const told of rows) {
      cases.push({
        told,
        words: folded([told[0], told[3], told[4], told[5], told[6], told[7], told[8], told[9]].join(" ")),
        status: told[2],
        policy: editions[told[11]],
        category: told[6],
      });
    }
    document.getElementById("needs-script").hidden = true;
    recall();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => { if (event.target === policy) offer(); search(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { offer(); search(); remember(); }));
  more.addEventListener("click", draw);
  addEventListener("hashchange", recall);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      text.focus();
    }
  });
  recall();
})();
