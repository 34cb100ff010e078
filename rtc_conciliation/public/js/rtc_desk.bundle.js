// What the desk does otherwise than core, on every page of it.
import "./datetime_descriptions.js";
