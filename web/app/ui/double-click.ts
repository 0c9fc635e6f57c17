/**
 * Whether it is the second click of a double click. Where the first one led on and another button came under the pointer, that button
 * is not meant.
 */
export const isSecondClick = ({ detail }: MouseEvent): boolean => detail > 1;
