import { conversationOf, sectionOf, workbenchAppOf } from './sections';

describe('sectionOf', () => {
  it('finds the place of every page', () => {
    for (const url of ['/apps?filter=x', '/apps/new', '/apps/a-1/edit?section=webhooks']) {
      expect(sectionOf(url)).toBe('apps');
    }
    expect(sectionOf('/setup?step=app')).toBe('setup');
    expect(sectionOf('/apps/a-1/setup')).toBe('setup');
    expect(sectionOf('/apps/a-1/chat')).toBe('workbench');
    expect(sectionOf('/apps/a-1/chat/c-1?tab=requests')).toBe('workbench');
  });

  it('has none for other pages', () => {
    expect(sectionOf('/sign-in?wanted=/apps')).toBeNull();
    expect(sectionOf('/apps/a-1/chatter')).toBeNull();
  });
});

describe('workbenchAppOf', () => {
  it('names the app of a workbench only', () => {
    expect(workbenchAppOf('/apps/a%20b/chat?x=1')).toBe('a b');
    expect(workbenchAppOf('/apps/a/setup')).toBeNull();
  });
});

describe('conversationOf', () => {
  it('names the conversation of a workbench only', () => {
    expect(conversationOf('/apps/a/chat/c%201?tab=requests')).toBe('c 1');
    expect(conversationOf('/apps/a/chat?tab=requests')).toBeNull();
    expect(conversationOf('/apps/a/setup/c1')).toBeNull();
  });
});
