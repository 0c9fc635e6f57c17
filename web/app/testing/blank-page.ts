import { Component } from '@angular/core';

/** Stands for a page that a spec only needs to arrive at. */
@Component({ selector: 'app-blank-page', template: '' })
export class BlankPage {}
