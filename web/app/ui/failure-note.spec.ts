import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { FailureNote } from './failure-note';
import { REQUEST_OPENER } from './request-opener';

const TEXT = {
  title: 'Refused',
  next: 'Try again.',
  detail: null,
  upstream: 'idp answered 400',
  exchangeId: 'e1',
};

async function show(text: Omit<typeof TEXT, 'exchangeId'> & { exchangeId: string | null; request?: string }) {
  const fixture = TestBed.createComponent(FailureNote);
  fixture.componentRef.setInput('text', text);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name);
  return { fixture, element, button };
}

describe('FailureNote', () => {
  it('says in brief what happened and what can be done, and opens a long answer', async () => {
    const answer = `idp answered 400: “${'no '.repeat(80)}”`;
    const { fixture, element } = await show({ ...TEXT, upstream: answer });
    fixture.componentRef.setInput('isBrief', true);
    fixture.componentRef.setInput('canRetry', true);
    await fixture.whenStable();
    const details = element.querySelector('details')!;

    expect(element.querySelector('strong')!.textContent).toBe('Refused');
    expect(element.querySelector('p')!.checkVisibility()).toBeTrue();
    expect(element.querySelector('p')!.textContent.trim()).toBe('Try again.');
    expect(details.open).toBeFalse();
    expect(details.textContent).toContain(answer);
    expect(details.querySelector('button')).toBeNull();
    await expectAccessible(element);
  });

  it('hides no short answer, also in brief', async () => {
    const { fixture, element } = await show(TEXT);
    fixture.componentRef.setInput('isBrief', true);
    await fixture.whenStable();

    expect(element.querySelector('details')).toBeNull();
    expect(element.textContent).toContain('idp answered 400');
  });

  it('keeps the focus on Retry while it is tried again, and tries but once', async () => {
    const { fixture, element, button } = await show({ ...TEXT, exchangeId: null });
    document.body.append(element);
    let tries = 0;
    fixture.componentInstance.retry.subscribe(() => (tries += 1));
    fixture.componentRef.setInput('canRetry', true);
    await fixture.whenStable();
    button('Retry')!.focus();
    button('Retry')!.click();
    fixture.componentRef.setInput('isBusy', true);
    await fixture.whenStable();

    button('Retry')!.click();

    expect(document.activeElement).toBe(button('Retry')!);
    expect(tries).toBe(1);
  });

  it('names the request where none can be looked at', async () => {
    const text = { ...TEXT, request: 'GET https://va.example.net/list' };
    expect((await show(text)).element.textContent).toContain('GET https://va.example.net/list');

    TestBed.resetTestingModule();
    const opener = { openRequest: () => undefined };
    TestBed.configureTestingModule({ providers: [{ provide: REQUEST_OPENER, useValue: opener }] });
    expect((await show(text)).element.textContent).not.toContain('GET');
  });

  it('leads to the request where requests can be looked at', async () => {
    const opened: string[] = [];
    const opener = { openRequest: (id: string) => void opened.push(id) };
    TestBed.configureTestingModule({ providers: [{ provide: REQUEST_OPENER, useValue: opener }] });
    const { fixture, element, button } = await show(TEXT);
    let isLeaving = false;
    fixture.componentInstance.requestOpened.subscribe(() => (isLeaving = true));

    button('Show the request')!.click();

    expect(opened).toEqual(['e1']);
    expect(isLeaving).toBeTrue();
    await expectAccessible(element);
  });

  it('says what was tried, and where else to go', async () => {
    TestBed.configureTestingModule({ providers: [{ provide: REQUEST_OPENER, useValue: null }] });
    @Component({
      imports: [FailureNote],
      template: `<app-failure-note [text]="text" tried="Tried to read it."
        ><a href="/x">Elsewhere</a></app-failure-note
      >`,
    })
    class Host {
      readonly text = TEXT;
    }
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;

    expect(element.querySelector('p')?.textContent.trim().replace(/\s+/g, ' ')).toBe(
      'Tried to read it. Try again.',
    );
    expect(element.querySelector('.ways a')?.textContent).toBe('Elsewhere');
  });

  it('offers no request where there is none to show, or nowhere to show it', async () => {
    expect((await show(TEXT)).button('Show the request')).toBeUndefined();
    TestBed.resetTestingModule();
    const providers = [{ provide: REQUEST_OPENER, useValue: { openRequest: () => undefined } }];
    TestBed.configureTestingModule({ providers });
    expect((await show({ ...TEXT, exchangeId: null })).button('Show the request')).toBeUndefined();
  });
});
