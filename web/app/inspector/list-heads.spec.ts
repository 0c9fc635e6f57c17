import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildExchange } from '../testing/build-exchange';
import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';
import { InspectorStore } from './inspector-store';

describe('heads of a list', () => {
  it('names the columns, and marks what is the account’s or another conversation’s', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ summary: 'app token' }), null);
    writer.add(buildExchange({ summary: 'other' }), asConversationId('99999999-another'));
    const { fixture, element } = await renderInspector(writer);
    expect(textOf(element.querySelector('app-webhook-heads'))).toBe('TimeTypeRoleSummaryTookSequenceAnswer');
    expect(element.querySelector('app-webhook-row .scope')).toBeNull();

    fixture.componentRef.setInput('tab', 'requests');
    TestBed.inject(InspectorStore).isEverything.set(true);
    await fixture.whenStable();
    expect(textOf(element.querySelector('app-request-heads'))).toBe('TimeMethodStatusSummaryPathTook');
    expect([...element.querySelectorAll('app-request-row .scope')].map(textOf)).toEqual([
      'account',
      '99999999',
    ]);
    element.style.cssText = 'display: flex; width: 900px';
    const places = [...element.querySelectorAll('.where')].map((one) => one.getBoundingClientRect().left);
    expect(places.length).toBe(3);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(4);
    await expectAccessible(element);

    TestBed.inject(InspectorStore).filterText.set('-scope:account');
    await fixture.whenStable();
    expect(element.querySelectorAll('app-request-row').length).toBe(1);
  });
});
