// [data-print-slip]: where the kiosk's browser was given a USB printer, the slip's bytes go there; else the page is printed.

interface UsbPrinter {
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(number: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, data: ArrayBuffer): Promise<unknown>;
  configuration: { interfaces: { interfaceNumber: number; alternate: { interfaceClass: number; endpoints: { direction: string; endpointNumber: number }[] } }[] } | null;
}

const PRINTERS = 7;

async function toUsb(address: string): Promise<boolean> {
  const usb = (navigator as { usb?: { getDevices(): Promise<UsbPrinter[]> } }).usb;
  for (const device of (await usb?.getDevices()) ?? []) {
    await device.open();
    try {
      if (!device.configuration) await device.selectConfiguration(1);
      const way = device.configuration?.interfaces.find((one) => one.alternate.interfaceClass === PRINTERS);
      const out = way?.alternate.endpoints.find((one) => one.direction === "out");
      if (!way || !out) continue;
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) return false;
      await device.claimInterface(way.interfaceNumber);
      await device.transferOut(out.endpointNumber, await answer.arrayBuffer());
      return true;
    } finally {
      await device.close();
    }
  }
  return false;
}

export function printSlips(): void {
  document.querySelectorAll<HTMLElement>("[data-print-slip]").forEach((button) =>
    button.addEventListener("click", () => {
      toUsb(button.dataset.printSlip!).then(
        (printed) => printed || window.print(),
        () => window.print(),
      );
    }),
  );
}
