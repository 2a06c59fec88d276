// A product with two routes, whose support comes and goes with a component.
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Support } from "./Support.jsx";

function App() {
  const [path, setPath] = useState(location.pathname);
  const [supported, setSupported] = useState(true);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = () => {
    history.pushState(null, "", "/react/reports");
    setPath(location.pathname);
  };
  return (
    <>
      <main key={path}>
        <h1>{path.endsWith("/reports") ? "Reports" : "Orders"}</h1>
        <button id="go" onClick={go}>Reports</button>
      </main>
      <button id="toggle" onClick={() => setSupported(!supported)}>Support on and off</button>
      {supported && <Support />}
    </>
  );
}

createRoot(document.querySelector("#app")).render(<StrictMode><App /></StrictMode>);
