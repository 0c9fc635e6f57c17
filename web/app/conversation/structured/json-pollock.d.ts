/** The vendor's renderer without its validation, which compiles functions and is forbidden by our policy. */
declare module 'json-pollock/dist/json-pollock.global.no_validation.min.js' {
  /** An element as it is handed to the renderer. */
  interface Template {
    readonly type: string;
  }

  interface Renderer {
    /** `onAfterElementRendered` may change an element, replace it, or drop it by `null`. */
    init(options: {
      readonly maxAllowedElements: number;
      readonly onAfterElementRendered: (element: HTMLElement, template: Template) => HTMLElement | null;
    }): void;
    render(content: Template): DocumentFragment;
  }

  const exported: { readonly JsonPollock: Renderer };
  export default exported;
}
