/** Material's word for a menu that was closed and fades away. */
const LEAVING = '.mat-menu-panel-exit-animation';

/** Finds a menu that is open. */
export const OPEN_MENU = `[role=menu]:not(${LEAVING})`;

/** Finds a menu that was closed, and takes no keys any more. */
export const LEAVING_MENU = `[role=menu]${LEAVING}`;
