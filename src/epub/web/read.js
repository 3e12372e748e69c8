(function () {
  "use strict";
  var root = document.documentElement, wide = matchMedia("(min-width: 601px)");
  root.classList.add("script");
  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function closer(text, act) {
    var button = make("button", "close", "×");
    button.type = "button";
    button.setAttribute("aria-label", text);
    button.addEventListener("click", act);
    return button;
  }

  // Notes: under their call, on phones as a sheet at the foot.
  var pop = null, call = null;
  function shut(focus) {
    if (!pop) return;
    pop.remove();
    call.classList.remove("open");
    call.setAttribute("aria-expanded", "false");
    if (focus) call.focus();
    pop = call = null;
  }
  document.querySelectorAll("a.noteref").forEach(function (link) {
    var hash = link.getAttribute("href").split("#");
    var note = hash[0] === "" && document.getElementById(hash[1]);
    if (!note) return;
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (call === link) return shut(true);
      shut(false);
      call = link;
      pop = make("div", "pop");
      pop.setAttribute("role", "dialog");
      pop.setAttribute("aria-label", link.textContent);
      pop.tabIndex = -1;
      var body = make("div");
      body.innerHTML = note.innerHTML;
      body.querySelectorAll("[id]").forEach(function (one) { one.removeAttribute("id"); });
      body.querySelectorAll("a.back").forEach(function (one) { one.remove(); });
      body.insertBefore(make("b", "", link.textContent + " "), body.firstChild);
      pop.append(body, closer(WORD_CLOSE, function () { shut(true); }));
      document.body.append(pop);
      link.classList.add("open");
      link.setAttribute("aria-expanded", "true");
      if (wide.matches) {
        var at = link.getBoundingClientRect(), main = document.querySelector("main").getBoundingClientRect();
        var left = Math.min(Math.max(at.left - 60, main.left), main.right - pop.offsetWidth);
        pop.style.left = Math.max(left, 8) + scrollX + "px";
        pop.style.top = at.bottom + scrollY + 12 + "px";
      }
      pop.focus({ preventScroll: wide.matches });
    });
  });
  document.addEventListener("click", function (event) {
    if (pop && !pop.contains(event.target) && !(call && call.contains(event.target))) shut(false);
  });

  // Contents: a drawer where they do not stand beside the text.
  var menu = document.querySelector(".menu"), toc = document.getElementById("toc");
  if (menu && toc) {
    var drawer = make("dialog", "drawer");
    menu.addEventListener("click", function (event) {
      event.preventDefault();
      if (!drawer.firstChild) {
        var copy = toc.cloneNode(true);
        copy.removeAttribute("id");
        copy.className = "";
        drawer.append(closer(WORD_CLOSE, function () { drawer.close(); }), copy);
        document.body.append(drawer);
        drawer.addEventListener("click", function (event) {
          if (event.target === drawer || event.target.closest("a")) drawer.close();
        });
        drawer.addEventListener("close", function () { menu.focus(); });
      }
      drawer.showModal();
    });
  }

  // The heading that is being read.
  if (toc && "IntersectionObserver" in window) {
    var links = {};
    toc.querySelectorAll("ol ol a").forEach(function (link) { links[link.hash.slice(1)] = link; });
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        for (var id in links) links[id].classList.toggle("reading", id === entry.target.id);
      });
    }, { rootMargin: "0px 0px -70% 0px" });
    Object.keys(links).forEach(function (id) {
      var heading = document.getElementById(id);
      if (heading) seen.observe(heading);
    });
  }

  // Figures, large.
  document.querySelectorAll("figure .large a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      var figure = link.closest("figure"), picture = figure.querySelector("img");
      if (!picture) return;
      event.preventDefault();
      var dialog = make("dialog", "picture"), copy = picture.cloneNode();
      copy.removeAttribute("width");
      copy.className = picture.classList.contains("paper") ? "paper" : "";
      var caption = figure.querySelector("figcaption");
      dialog.append(closer(WORD_CLOSE, function () { dialog.close(); }), copy);
      if (caption) dialog.append(make("p", "", caption.textContent));
      if (picture.alt) dialog.append(make("p", "alt", picture.alt));
      dialog.addEventListener("close", function () { dialog.remove(); link.focus(); });
      dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
      dialog.showModal();
    });
  });

  // Tables that are wider than the text.
  function tables() {
    document.querySelectorAll("div.table").forEach(function (box) {
      var more = box.scrollWidth > box.clientWidth + 1, hint = box.previousElementSibling;
      var shown = hint && hint.className === "sideways";
      if (more) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        var caption = box.querySelector("caption");
        box.setAttribute("aria-label", caption ? caption.textContent : WORD_SIDEWAYS);
        if (!shown) box.before(make("p", "sideways", WORD_SIDEWAYS));
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
        if (shown) hint.remove();
      }
    });
  }
  tables();
  addEventListener("resize", tables);

  // Search, from an index that is loaded when somebody asks.
  var form = document.querySelector(".search");
  if (!form) return;
  var field = form.querySelector("input"), results = null, loading = null;
  form.hidden = false;
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  function load() {
    loading = loading || new Promise(function (done) {
      var script = make("script");
      script.src = "search.js";
      script.onload = done;
      document.head.append(script);
    });
    return loading;
  }
  function close() {
    if (results) results.remove();
    results = null;
    root.classList.remove("searching");
  }
  function find() {
    var words = folded(field.value.trim());
    if (!words) return close();
    load().then(function () {
      var found = [];
      for (var at = 0; at < rectoIndex.length && found.length < 50; at++) {
        var entry = rectoIndex[at], text = entry[3].normalize("NFC"), place = folded(text).indexOf(words);
        if (place >= 0) found.push([entry, text, place]);
      }
      if (!results) {
        results = make("div", "results");
        results.setAttribute("role", "region");
        results.setAttribute("aria-live", "polite");
        results.setAttribute("aria-label", WORD_SEARCH);
        document.querySelector(".bar").after(results);
        root.classList.add("searching");
      }
      results.textContent = "";
      if (!found.length) return results.append(make("p", "", WORD_NONE));
      var list = make("ol");
      found.forEach(function (hit) {
        var item = make("li"), link = make("a", "", hit[0][1]), line = make("p");
        link.href = hit[0][0];
        if (hit[0][2]) link.append(make("small", "", " p. " + hit[0][2]));
        var text = hit[1], from = Math.max(0, hit[2] - 60), to = Math.min(text.length, hit[2] + words.length + 80);
        line.append((from ? "… " : "") + text.slice(from, hit[2]));
        line.append(make("mark", "", text.slice(hit[2], hit[2] + words.length)));
        line.append(text.slice(hit[2] + words.length, to) + (to < text.length ? " …" : ""));
        item.append(link, line);
        list.append(item);
      });
      results.append(list);
    });
  }
  field.addEventListener("input", find);
  field.addEventListener("keydown", function (event) {
    var first = event.key === "ArrowDown" && results && results.querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    find();
  });
  document.addEventListener("click", function (event) {
    if (results && !results.contains(event.target) && !form.contains(event.target)) close();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      if (results) { close(); field.focus(); }
      shut(true);
    }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
})();
