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
  it('says in brief what happened and what can be done, and opens the rest', async () => {
    const { fixture, element } = await show(TEXT);
    fixture.componentRef.setInput('isBrief', true);
    fixture.componentRef.setInput('canRetry', true);
    await fixture.whenStable();
    const details = element.querySelector('details')!;

    expect(element.querySelector('strong')!.textContent).toBe('Refused');
    expect(details.open).toBeFalse();
    expect(details.textContent).toContain('idp answered 400');
    expect(details.querySelector('button')).toBeNull();
    await expectAccessible(element);
  });

  it('breaks the long name of a call where a word of it begins', async () => {
    const { element } = await show({ ...TEXT, title: 'Refused “ms.GenerateURLForDownloadFile”' });
    const title = element.querySelector('strong')!;

    expect(title.textContent).toBe('Refused “ms.GenerateURLForDownloadFile”');
    expect(title.innerHTML).toMatch(/“ms\.(<!--.*?-->)*<wbr[^>]*>(<!--.*?-->)*Generate/);
  });

  it('names the request where none can be looked at', async () => {
    const text = { ...TEXT, request: 'GET https://va.example.net/list' };
    expect((await show(text)).element.textContent).toContain('GET https://va.example.net/list');

    TestBed.resetTestingModule();
    const opener = { openRequest: () => undefined };
    TestBed.configureTestingModule({ providers: [{ provide: REQUEST_OPENER, useValue: opener }] });
    expect((await show(text)).element.textContent).not.toContain('GET');
  });

  it('breaks the address of the request behind a slash', async () => {
    const { element } = await show({ ...TEXT, exchangeId: null, request: 'GET https://a.test/account/demo' });
    const request = element.querySelector('.request code')!;

    expect(request.textContent).toBe('GET https://a.test/account/demo');
    expect(getComputedStyle(request).wordBreak).toBe('normal');
    expect(request.innerHTML.replaceAll(/<!--.*?-->/g, '')).toMatch(
      /^GET https:\/\/<wbr[^>]*>a\.test\/<wbr[^>]*>account\/<wbr[^>]*>demo/,
    );
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
