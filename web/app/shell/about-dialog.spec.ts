import { TestBed } from '@angular/core/testing';

import { SignedInUser } from '../bridge/signed-in-user';
import { buildUser } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { AboutDialog } from './about-dialog';

describe('AboutDialog', () => {
  async function open(isEmulated: boolean) {
    const account = new FakeAccount();
    account.user = buildUser({ isEmulated });
    TestBed.configureTestingModule({ providers: [provideAccount(account)] });
    await TestBed.inject(SignedInUser).restore();
    const fixture = TestBed.createComponent(AboutDialog);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).textContent.replaceAll(/\s+/g, ' ');
  }

  it('says where the account is, without the address that stands above', async () => {
    expect(await open(true)).toContain(`${buildUser().account}, in the emulator`);
  });

  it('says of which accounts the directory is asked', async () => {
    const text = await open(false);

    expect(text).toContain(`${buildUser().account}, at LivePerson`);
    expect(text).toContain('LivePerson accounts are looked up at');
  });
});
