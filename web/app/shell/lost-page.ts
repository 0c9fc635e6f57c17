import { nextTurn } from '../ui/turns';

/** The files of a page did not come: the server may be down, or have a newer version. */
export class LostPage extends Error {
  override readonly name = 'LostPage';
}

/** For a route: loads the page, and tells a page that did not come from one that has a defect. */
export function pageFrom<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    try {
      const page = await load();
      // Reading its files was one turn; making the page is another.
      await nextTurn();
      return page;
    } catch (cause) {
      throw new LostPage('A page could not be loaded', { cause });
    }
  };
}
