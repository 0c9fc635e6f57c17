import { placeFor } from './place-beside';

const ROOM = { width: 1000, height: 800 };
const CARD = { width: 320, height: 300 };

const anchor = (left: number, top: number, width = 100, height = 40) => ({
  ...{ left, top, right: left + width, bottom: top + height },
});

describe('the place of a message’s card', () => {
  it('is beside the message, at its height, on the side that is preferred', () => {
    expect(placeFor(CARD, anchor(400, 100), ROOM, 'left')).toEqual({ left: 74, top: 100, maxHeight: 788 });
    expect(placeFor(CARD, anchor(400, 100), ROOM, 'right').left).toBe(506);
  });

  it('is on the other side where there is no room, and always within the window', () => {
    expect(placeFor(CARD, anchor(200, 700), ROOM, 'left')).toEqual({ left: 306, top: 494, maxHeight: 788 });
    expect(placeFor(CARD, anchor(800, 700), ROOM, 'right').left).toBe(474);
  });

  it('is below or above on a narrow screen, as high as there is room, and never over the message', () => {
    const narrow = { width: 390, height: 800 };

    expect(placeFor(CARD, anchor(100, 100, 250), narrow, 'left')).toEqual({
      left: 54,
      top: 146,
      maxHeight: 648,
    });
    expect(placeFor(CARD, anchor(100, 700, 250), narrow, 'left')).toEqual({
      left: 54,
      top: 394,
      maxHeight: 688,
    });
    expect(placeFor({ width: 358, height: 300 }, anchor(200, 100, 150), narrow, 'left').left).toBe(16);
    const tall = placeFor({ width: 320, height: 790 }, anchor(100, 300, 250), narrow, 'left');
    expect(tall.top).toBe(346);
    expect(tall.maxHeight).toBe(448);
    const up = placeFor({ width: 320, height: 790 }, anchor(100, 500, 250), narrow, 'left');
    expect(up).toEqual({ left: 54, top: 6, maxHeight: 488 });
  });

  it('lies over a message that leaves too little room, always within the window', () => {
    const narrow = { width: 390, height: 844 };

    expect(placeFor(CARD, anchor(100, 160, 250, 600), narrow, 'left')).toEqual({
      left: 54,
      top: 160,
      maxHeight: 832,
    });
    expect(placeFor(CARD, anchor(100, -400, 250, 1250), narrow, 'left')).toEqual({
      left: 54,
      top: 6,
      maxHeight: 832,
    });
    const whole = { width: 320, height: 600, least: 600 };
    expect(placeFor(whole, anchor(100, 400, 250), narrow, 'left').top).toBe(238);
    const low = { width: 320, height: 120 };
    expect(placeFor(low, anchor(100, 160, 250, 600), narrow, 'left').top).toBe(34);
  });
});
