import { useEffect, useRef } from "react";
import { load } from "handrail-widget";

export function Support() {
  const handrail = useRef();

  useEffect(() => {
    handrail.current = load({
      src: "https://support.example.com/handrail.js",
      tokenUrl: "/support-token",
      launcher: "none",
    });
    return () => handrail.current.then((it) => it.destroy());
  }, []);

  const open = async () => (await handrail.current).open();
  return <button id="help" onClick={open}>Help</button>;
}
