import { allowDrawing, isDrawing } from './drawing-policy';

describe('what the renderer may write', () => {
  for (const html of ['', 'Blue shoe<br/>size 42', 'a &lt;b&gt; &amp; c', '<span>Caption</span>']) {
    it(`is text: ${html}`, () => expect(isDrawing(html)).toBeTrue());
  }

  it('is its own arrow', () =>
    expect(
      isDrawing(
        '<svg aria-hidden="true" class="lp-json-pollock-layout-carousel-arrow-icon" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 14"><path d="M0 0 L2 0 L9 7"/></svg>',
      ),
    ).toBeTrue());

  for (const html of [
    '<img src=x onerror=alert(1)>',
    '<span onclick="alert(1)">x</span>',
    '<script>alert(1)</script>',
    '<br/><iframe srcdoc="x"></iframe>',
    '<svg aria-hidden="true" class="a" xmlns="http://www.w3.org/2000/svg" viewBox="0 0"><path d="M0"/><script>1</script></svg>',
    'a < b',
  ]) {
    it(`is not ${html}`, () => expect(isDrawing(html)).toBeFalse());
  }

  it('is all that the policy lets through', () => {
    let rules: { readonly createHTML: (html: string) => string | null } | undefined;

    allowDrawing({ createPolicy: (_name, given) => (rules = given) });

    expect(rules?.createHTML('a<br/>b')).toBe('a<br/>b');
    expect(rules?.createHTML('<b>a</b>')).toBeNull();
  });
});
