// What the desk does otherwise than core, on every page of it.
import "./common/datetime_descriptions.js";
import "./common/first_page.js";
