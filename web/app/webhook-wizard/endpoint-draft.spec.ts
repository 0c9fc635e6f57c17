import { HERE, endpointsAt } from '../testing/build-installation';
import { countChanges, toDraft, withDraft } from './endpoint-draft';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';
const CHAT_STATE = 'ms.MessagingEventNotification.ChatStateEvent';

describe('withDraft', () => {
  it('changes URLs only: headers, retries, retention and unknown members stay', () => {
    const webhooks = {
      [CONTENT]: {
        endpoint: 'https://old.example',
        max_retries: 3,
        headers: [{ header_name: 'a', header_value: 'b' }],
      },
      retry: { retention_time: 3600 },
      'future.Event': { endpoint: 'https://future.example' },
    };
    const draft = toDraft(webhooks).map((each) =>
      each.type === CONTENT ? { ...each, url: ' https://new.example ' } : each,
    );

    expect(withDraft(webhooks, draft)).toEqual({
      ...webhooks,
      [CONTENT]: { ...webhooks[CONTENT], endpoint: 'https://new.example' },
    });
  });

  it('removes an endpoint whose URL was emptied', () => {
    const draft = toDraft(endpointsAt(HERE)).map((each) =>
      each.type === CHAT_STATE ? { ...each, url: '' } : each,
    );

    expect(Object.keys(withDraft(endpointsAt(HERE), draft))).not.toContain(CHAT_STATE);
  });

  it('builds the webhooks of an app that had none', () => {
    expect(withDraft(null, toDraft(endpointsAt(HERE)))).toEqual(endpointsAt(HERE));
  });
});

describe('countChanges', () => {
  it('does not take blanks for a change', () => {
    const draft = toDraft(endpointsAt(HERE));

    expect(
      countChanges(
        draft.map((each) => ({ ...each, url: `${each.url} ` })),
        draft,
      ),
    ).toBe(0);
    expect(countChanges(toDraft(null), draft)).toBe(5);
  });
});
