// What people come to do, from end to end.
import './journeys/search.mjs';
import './journeys/import.mjs';
import './journeys/forms.mjs';
import './journeys/standing.mjs';
import './journeys/fence.mjs';
import './journeys/proposal.mjs';
import './journeys/lab.mjs';
import './journeys/keyboard.mjs';
