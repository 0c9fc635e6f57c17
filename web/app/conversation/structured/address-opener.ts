import { InjectionToken } from '@angular/core';

/** Opens an address that was found harmless, beside the workbench and without a way back into it. */
export const ADDRESS_OPENER = new InjectionToken<(address: string) => void>('address opener', {
  factory: () => openBeside,
});

function openBeside(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.click();
}
