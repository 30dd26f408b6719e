/* What makes the pages quicker to use. Everything works without it: forms keep their buttons, menus are <details>. */
"use strict";

document.documentElement.classList.add("scripted");

/* A picker sends its form as soon as another value is chosen. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});

/* The search box is a text area, so that a pasted column keeps its lines; Enter still searches, Shift+Enter adds a line. */
document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-submit-on-enter]");
  if (box && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  }
});
document.addEventListener("paste", (event) => {
  const box = event.target.closest("[data-submit-on-enter]");
  if (!box) return;
  const pasted = event.clipboardData.getData("text");
  if (pasted.trim().split(/\r?\n/).length > 1) setTimeout(() => box.form.requestSubmit());
});

/* "/" goes to the search box, Escape closes what is open. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const box = document.getElementById("search-top");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details[open].reason-box, .menu-small details[open]").forEach((open) => {
      open.open = false;
      open.querySelector("summary").focus();
    });
  }
});

/* One key, one button: elements with data-key are pressed by it (the page of pairs). */
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) button.click();
});

/* A passkey that could not be read is told beside its button. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-trouble").hidden = false;
});

/* The drop zone: files may be dropped anywhere on it; the names are shown before they are sent. */
function prepareDropZone(zone) {
  const input = zone.querySelector('input[type="file"]');
  const chosen = zone.querySelector("[data-chosen]");
  const send = zone.querySelector("[data-send]");
  const lit = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragenter", lit(true));
  zone.addEventListener("dragover", lit(true));
  zone.addEventListener("dragleave", lit(false));
  zone.addEventListener("drop", (event) => {
    lit(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    zone.requestSubmit();
  });
  input.addEventListener("change", () => {
    const names = Array.from(input.files, (file) => file.name);
    chosen.textContent = names.slice(0, 3).join(", ") + (names.length > 3 ? ` + ${names.length - 3}` : "");
  });
  zone.addEventListener("submit", () => {
    send.disabled = true;
    chosen.textContent = zone.dataset.sending;
  });
}
document.querySelectorAll("form.drop").forEach(prepareDropZone);

/* When work has ended the page shows what became of it. */
document.addEventListener("htmx:afterSwap", () => {
  if (document.querySelector(".job[data-ended]")) setTimeout(() => location.reload(), 700);
});
