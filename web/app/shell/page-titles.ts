import { Service, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';

export const PRODUCT_NAME = $localize`Connector API demo`;

/** Puts the page's name before the product's, so that tabs and history can be told apart. */
@Service({ autoProvided: false })
export class PageTitles extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const page = this.buildTitle(snapshot);
    this.title.setTitle(page === undefined ? PRODUCT_NAME : `${page} · ${PRODUCT_NAME}`);
  }
}
