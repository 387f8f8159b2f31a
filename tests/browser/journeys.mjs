// What people come to do, from end to end.
import './journeys/search.mjs';
