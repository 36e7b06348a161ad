// Asks whether the page is ready and opens it; says so where it will not be.
(() => {
  const line = document.getElementById("waiting");
  const ask = async () => {
    try {
      const state = await (await fetch("/state/ready")).json();
      if (state.ready) return location.reload();
      if (state.problem) {
        line.textContent = state.problem;
        return document.querySelector("progress")?.remove();
      }
    } catch {
      line.textContent = "The server has stopped. Start it again in the terminal.";
    }
    setTimeout(ask, 250);
  };
  ask();
})();
