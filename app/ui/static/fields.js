/* Fields whose answer the browser puts together: it needs no connection for them. Each root [data-control] tells a change
 * by one event, gb-answer, whose detail is the answer as JSON; "" is no answer. See app/ui/told.py.
 */
(() => {
  const part = (root, name) => root.querySelector(`[data-part=${name}]`);
  const typed = (root, name) => (part(root, name)?.value || "").trim();
  const tell = (root, detail) => root.dispatchEvent(new CustomEvent("gb-answer", {bubbles: true, detail}));
  const state = new WeakMap();

  function value(root) {
    if (!state.has(root)) {
      let found = null;
      try { found = JSON.parse(root.dataset.value || "null"); } catch { /* nothing was there */ }
      state.set(root, {value: found});
    }
    return state.get(root);
  }

  function say(root, name, values = {}) {
    const place = root.querySelector(".gb-said");
    if (!place) return;
    let words = name ? JSON.parse(place.dataset.words)[name] || "" : "";
    for (const [key, one] of Object.entries(values)) words = words.replace(`{${key}}`, one);
    place.textContent = words;
  }

  /** Give a native list other options after its first, which means none, and choose that. */
  function offer(list, options) {
    while (list.options.length > 1) list.remove(1);
    for (const [value, words] of options) list.add(new Option(words, value));
    list.value = "";
  }

  // ---- where the device is
  function located(root, done, failed) {
    if (!navigator.geolocation) return failed("unavailable");
    const words = {1: "denied", 2: "unavailable", 3: "timeout"};
    navigator.geolocation.getCurrentPosition(done, (fault) => failed(words[fault.code] || "unavailable"),
      {enableHighAccuracy: true, timeout: 20000, maximumAge: 0});
  }
  const degrees = (number) => String(Number(number.toFixed(7)));
  const found = (at) => ({
    lat: degrees(at.coords.latitude), lon: degrees(at.coords.longitude), by: "device",
    accuracy: Math.max(0, Math.round(at.coords.accuracy)), at: new Date(at.timestamp).toISOString(),
  });
  const byHand = (root) => ({lat: typed(root, "lat"), lon: typed(root, "lon"), by: "hand"});

  /** Metres between two positions, on a sphere. */
  function apart(a, b) {
    const rad = Math.PI / 180, la = a.lat * rad, lb = b.lat * rad;
    const h = Math.sin((lb - la) / 2) ** 2 +
      Math.cos(la) * Math.cos(lb) * Math.sin((b.lon - a.lon) * rad / 2) ** 2;
    return 12742000 * Math.asin(Math.sqrt(h));
  }

  function counted(root) {
    const way = value(root).value || [];
    const metres = way.slice(1).reduce((sum, point, at) => sum + apart(way[at], point), 0);
    say(root, "count", {n: way.length, m: Math.round(metres)});
    root.querySelector(".gb-said").dataset.count = way.length;
    tell(root, way.length ? way : "");
  }

  // ---- drawing
  function surface(root) {
    const canvas = root.querySelector("canvas"), pen = canvas.getContext("2d"), own = value(root);
    if (!own.drawn) {
      own.drawn = true;
      pen.lineWidth = 4;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = pen.fillStyle = "#000";
    }
    return [canvas, pen];
  }
  const white = (canvas, pen) => {
    pen.save();
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.restore();
  };
  function at(canvas, event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width,
      (event.clientY - box.top) * canvas.height / box.height];
  }
  function begin(root) {
    const [canvas, pen] = surface(root), own = value(root);
    if (!own.inked) white(canvas, pen);
    own.inked = true;
    return [canvas, pen];
  }
  const drawn = (root) => tell(root, {inline: root.querySelector("canvas").toDataURL("image/png")});

  // ---- reading codes
  async function read(root, source) {
    const detector = new window.BarcodeDetector();
    const [first] = await detector.detect(source);
    if (!first) return false;
    part(root, "text").value = first.rawValue;
    tell(root, first.rawValue);
    say(root, "found");
    return true;
  }
  async function scan(root) {
    if (!("BarcodeDetector" in window)) return say(root, "unsupported");
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}});
    } catch {  // no camera, or not for us: a photo of the code will do
      return root.querySelector("input[type=file]").click();
    }
    const video = document.createElement("video");
    video.playsInline = true;
    video.srcObject = stream;
    root.append(video);
    try {
      await video.play();
      say(root, "looking");
      for (let left = 120; left; left -= 1) {
        if (await read(root, video)) return;
        await new Promise((done) => setTimeout(done, 150));
      }
      say(root, "none");
    } catch {
      say(root, "none");
    } finally {
      stream.getTracks().forEach((track) => track.stop());
      video.remove();
    }
  }

  // ---- the controls: what a typed part and what a pressed button does
  const controls = {
    duration: {
      typed(root) {
        const hours = typed(root, "hours"), minutes = typed(root, "minutes");
        const whole = [hours, minutes].every((text) => /^[0-9]{0,5}$/.test(text));
        tell(root, !hours && !minutes ? "" : whole ? 60 * Number(hours) + Number(minutes) : `${hours}:${minutes}`);
      },
    },
    period: {
      typed(root) {
        const lists = JSON.parse(root.dataset.lists), unit = part(root, "unit"), label = part(root, "label");
        const own = unit ? unit.value : Object.keys(lists)[0];
        const there = [...label.options].slice(1).map((one) => one.value).join();
        if (there !== lists[own].map(([one]) => one).join()) offer(label, lists[own]);
        tell(root, label.value);
      },
    },
    place: {
      typed(root) {
        const nodes = JSON.parse(root.dataset.nodes), ends = new Set(JSON.parse(root.dataset.ends));
        let around = "", found = "";
        for (const list of root.querySelectorAll("select")) {
          const here = Object.entries(nodes).filter(([, [parent]]) => parent === around).map(([id, [, title]]) => [id, title]);
          const there = [...list.options].slice(1).map((one) => one.value).join();
          if (around === null) offer(list, []);
          else if (there !== here.map(([id]) => id).join()) offer(list, here);
          around = list.value || null;
          if (ends.has(list.value)) found = list.value;
        }
        tell(root, found);
      },
    },
    code: {
      typed(root) { say(root, ""); tell(root, typed(root, "text")); },
      press(root) { scan(root); },
      async chosen(root, file) {
        try {
          if (!await read(root, await createImageBitmap(file))) say(root, "none");
        } catch { say(root, "none"); }
      },
    },
    location: {
      typed(root) {
        say(root, "");
        tell(root, typed(root, "lat") || typed(root, "lon") ? byHand(root) : "");
      },
      press(root) {
        say(root, "asking");
        located(root, (position) => {
          const here = found(position);
          part(root, "lat").value = here.lat;
          part(root, "lon").value = here.lon;
          say(root, "off", {n: here.accuracy});
          tell(root, here);
        }, (name) => say(root, name));
      },
    },
    track: {
      press(root, name) {
        const own = value(root), start = root.querySelector("[data-act=start]"), stop = root.querySelector("[data-act=stop]");
        own.value = own.value || [];
        const running = (yes) => { start.disabled = yes; stop.disabled = !yes; };
        if (name === "start") {
          if (!navigator.geolocation) return say(root, "unavailable");
          say(root, "asking");
          running(true);
          own.watch = navigator.geolocation.watchPosition((position) => {
            const here = found(position), last = own.value[own.value.length - 1];
            if (last && apart(last, here) < Math.max(5, here.accuracy / 2)) return;
            own.value.push(here);
            counted(root);
          }, (fault) => {
            if (fault.code === 1) running(false);  // others pass
            say(root, {1: "denied", 3: "timeout"}[fault.code] || "unavailable");
          }, {enableHighAccuracy: true, timeout: 30000});
        } else if (name === "stop") {
          navigator.geolocation?.clearWatch(own.watch);
          running(false);
        } else if (name === "add" && (typed(root, "lat") || typed(root, "lon"))) {
          own.value.push(byHand(root));
          part(root, "lat").value = part(root, "lon").value = "";
          counted(root);
        } else if (name === "clear") {
          own.value = [];
          counted(root);
        }
      },
    },
    signature: {
      typed(root) {
        const [canvas, pen] = begin(root), name = typed(root, "name");
        white(canvas, pen);
        if (!name) { value(root).inked = false; return tell(root, ""); }
        pen.font = "italic 72px serif";
        pen.textBaseline = "middle";
        pen.fillText(name, 24, canvas.height / 2, canvas.width - 48);
        drawn(root);
      },
      press(root) {
        const [canvas, pen] = surface(root);
        pen.clearRect(0, 0, canvas.width, canvas.height);
        canvas.style.backgroundImage = "none";
        value(root).inked = false;
        part(root, "name").value = "";
        tell(root, "");
      },
    },
  };
  const of = (target) => {
    const root = target.closest?.("[data-control]");
    return root && controls[root.dataset.control] ? [root, controls[root.dataset.control]] : [null, null];
  };

  document.addEventListener("input", (event) => {
    const [root, control] = of(event.target);
    if (root && event.target.dataset.part) control.typed?.(root);
  });
  document.addEventListener("change", (event) => {
    const [root, control] = of(event.target);
    if (root && event.target.type === "file" && event.target.files[0]) control.chosen?.(root, event.target.files[0]);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-act]"), [root, control] = button ? of(button) : [null, null];
    if (root && !button.disabled) control.press?.(root, button.dataset.act);
  });
  document.addEventListener("pointerdown", (event) => {
    const [root] = of(event.target);
    if (!root || event.target.tagName !== "CANVAS") return;
    event.preventDefault();
    const [canvas, pen] = begin(root), own = value(root);
    canvas.setPointerCapture?.(event.pointerId);
    own.down = true;
    pen.beginPath();
    pen.moveTo(...at(canvas, event));
  });
  document.addEventListener("pointermove", (event) => {
    const [root] = of(event.target);
    if (!root || event.target.tagName !== "CANVAS" || !value(root).down) return;
    const [canvas, pen] = surface(root);
    pen.lineTo(...at(canvas, event));
    pen.stroke();
  });
  const up = (event) => {
    const [root] = of(event.target);
    if (!root || !value(root).down) return;
    value(root).down = false;
    drawn(root);
  };
  document.addEventListener("pointerup", up);
  document.addEventListener("pointercancel", up);
})();
