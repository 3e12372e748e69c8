(function () {
  var live = document.createElement("p");
  live.className = "unseen";
  live.setAttribute("aria-live", "polite");
  document.body.appendChild(live);
  document.querySelectorAll("[data-copy]").forEach(function (box) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = COPY;
    button.addEventListener("click", function () {
      var text = box.querySelector(".cited").textContent.trim();
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = live.textContent = COPIED;
        button.classList.add("done");
        setTimeout(function () { button.textContent = COPY; live.textContent = ""; button.classList.remove("done"); }, 2000);
      });
    });
    if (navigator.clipboard) box.appendChild(button);
  });
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
})();
