import { bytesOf, integerOf, integerOrNullOf, textOf, textOrNullOf } from './rows.ts';

describe('a row of a database', () => {
  const row = { name: 'Kim', age: 7, sealed: Uint8Array.of(1), nothing: null };

  it('is read by what its columns hold', () => {
    expect([textOf(row, 'name'), integerOf(row, 'age'), bytesOf(row, 'sealed')]).toEqual([
      'Kim',
      7,
      Uint8Array.of(1),
    ]);
    expect([textOrNullOf(row, 'nothing'), integerOrNullOf(row, 'nothing')]).toEqual([null, null]);
    expect([textOrNullOf(row, 'name'), integerOrNullOf(row, 'age')]).toEqual(['Kim', 7]);
  });

  it('that disagrees with the code is a defect, named by its column', () => {
    expect(() => textOf(row, 'age')).toThrowError(TypeError, /age holds no text/);
    expect(() => integerOf(row, 'nothing')).toThrowError(TypeError, /nothing holds no integer/);
    expect(() => bytesOf(row, 'name')).toThrowError(TypeError, /name holds no bytes/);
  });
});
