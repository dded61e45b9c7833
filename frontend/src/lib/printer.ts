// [data-print-slip]: where the kiosk's browser was given a USB printer, the slip's bytes go there; else the page is printed.
// A printer that has no paper, or was unplugged, is said: [data-no-paper] is sent, or [data-not-printed] is shown.

interface Endpoint {
  direction: string;
  endpointNumber: number;
}
interface UsbPrinter {
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(number: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, data: ArrayBuffer | Uint8Array): Promise<{ status: string; bytesWritten?: number }>;
  transferIn(endpoint: number, length: number): Promise<{ data?: DataView }>;
  configuration: { interfaces: { interfaceNumber: number; alternate: { interfaceClass: number; endpoints: Endpoint[] } }[] } | null;
}
type Outcome = "printed" | "none" | "paper" | "silent";

const PRINTERS = 7;
/** Asks a thermal printer for its paper's state; these bits of the answer say that the roll is at its end. */
const ASK_PAPER = new Uint8Array([0x10, 0x04, 0x04]);
const PAPER_OVER = 0x60;
const PATIENCE = 1_500;

/** Many printers answer nothing: that is no fault. */
async function paperOver(device: UsbPrinter, out: Endpoint, back: Endpoint | undefined): Promise<boolean> {
  if (!back) return false;
  await device.transferOut(out.endpointNumber, ASK_PAPER);
  const silence = new Promise<null>((done) => window.setTimeout(() => done(null), PATIENCE));
  const told = await Promise.race([device.transferIn(back.endpointNumber, 1).catch(() => null), silence]);
  return Boolean(told?.data?.byteLength && told.data.getUint8(0) & PAPER_OVER);
}

async function toUsb(address: string): Promise<Outcome> {
  const usb = (navigator as { usb?: { getDevices(): Promise<UsbPrinter[]> } }).usb;
  for (const device of (await usb?.getDevices()) ?? []) {
    await device.open();
    try {
      if (!device.configuration) await device.selectConfiguration(1);
      const way = device.configuration?.interfaces.find((one) => one.alternate.interfaceClass === PRINTERS);
      const out = way?.alternate.endpoints.find((one) => one.direction === "out");
      if (!way || !out) continue;
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) return "silent";
      const slip = await answer.arrayBuffer();
      await device.claimInterface(way.interfaceNumber);
      if (await paperOver(device, out, way.alternate.endpoints.find((one) => one.direction === "in"))) return "paper";
      const sent = await device.transferOut(out.endpointNumber, slip);
      return sent.status === "ok" ? "printed" : "silent";
    } finally {
      await device.close().catch(() => undefined);
    }
  }
  return "none";
}

function tell(outcome: Outcome): void {
  const refill = document.querySelector<HTMLFormElement>("form[data-no-paper]");
  const notice = document.querySelector<HTMLElement>("[data-not-printed]");
  if (outcome === "none") window.print();
  else if (outcome === "paper" && refill) refill.requestSubmit();
  else if (notice) notice.hidden = outcome === "printed";
}

export function printSlips(): void {
  document.querySelectorAll<HTMLElement>("[data-print-slip]").forEach((button) =>
    button.addEventListener("click", () => void toUsb(button.dataset.printSlip!).then(tell, () => tell("silent"))),
  );
}
