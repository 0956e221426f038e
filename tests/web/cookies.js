// The Set-Cookie lines of an answer of fetch(), also where Headers has no getSetCookie() (Debian's node 18). Cookies of
// the suite hold no commas, so that joined lines can be cut apart.
'use strict';

exports.setCookies = (headers) => {
  if (headers.getSetCookie) return headers.getSetCookie();
  return (headers.get('set-cookie') ?? '').split(/,(?=\s*[^;,\s]+=)/).map((line) => line.trim()).filter(Boolean);
};
