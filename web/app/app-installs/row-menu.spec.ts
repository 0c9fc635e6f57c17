import { DeferBlockBehavior, DeferBlockState, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { Toasts } from '../ui/toasts';
import { expectAccessible } from '../testing/expect-accessible';
import { buildInstallation } from '../testing/build-installation';
import { toRows } from './app-rows';
import { RowMenu } from './row-menu';

describe('RowMenu', () => {
  it('says so when its entries cannot be loaded, and offers to load the page anew', async () => {
    TestBed.configureTestingModule({
      providers: [provideRouter([])],
      deferBlockBehavior: DeferBlockBehavior.Manual,
    });
    const fixture = TestBed.createComponent(RowMenu);
    fixture.componentRef.setInput('row', toRows([buildInstallation({ name: 'Alpha' })], [])[0]);
    await fixture.whenStable();
    const [block] = await fixture.getDeferBlocks();
    await block?.render(DeferBlockState.Error);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;

    expect(element.querySelector('button')?.getAttribute('aria-label')).toBe(
      'The menu of Alpha could not be loaded. Reload the page',
    );
    expect(TestBed.inject(Toasts).toasts()[0]?.title).toBe('The menu of Alpha could not be loaded');
    await expectAccessible(element);
  });
});
