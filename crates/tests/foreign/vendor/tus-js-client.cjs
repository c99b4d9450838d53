"use strict";var Ya=Object.defineProperty;var o=(e,t)=>Ya(e,"name",{value:t,configurable:!0});var L=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(r){throw t=0,r}};var jr=L(Pt=>{"use strict";Object.defineProperty(Pt,"__esModule",{value:!0});Pt.default=void 0;function Le(e){"@babel/helpers - typeof";return Le=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},Le(e)}o(Le,"_typeof");function An(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.
writable=!0),Object.defineProperty(e,Xa(n.key),n)}}o(An,"_defineProperties");function Za(e,t,r){return t&&An(e.prototype,t),r&&An(e,r),Object.defineProperty(e,"\
prototype",{writable:!1}),e}o(Za,"_createClass");function Xa(e){var t=Qa(e,"string");return Le(t)=="symbol"?t:t+""}o(Xa,"_toPropertyKey");function Qa(e,t){if(Le(
e)!="object"||!e)return e;var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(Le(n)!="object")return n;throw new TypeError("@@toPrimitive\
 must return a primitive value.")}return(t==="string"?String:Number)(e)}o(Qa,"_toPrimitive");function Ja(e,t){if(!(e instanceof t))throw new TypeError("Cannot c\
all a class as a function")}o(Ja,"_classCallCheck");function Va(e,t,r){return t=rt(t),eu(e,Tr()?Reflect.construct(t,r||[],rt(e).constructor):t.apply(e,r))}o(Va,
"_callSuper");function eu(e,t){if(t&&(Le(t)==="object"||typeof t=="function"))return t;if(t!==void 0)throw new TypeError("Derived constructors may only return o\
bject or undefined");return tu(e)}o(eu,"_possibleConstructorReturn");function tu(e){if(e===void 0)throw new ReferenceError("this hasn't been initialised - super\
() hasn't been called");return e}o(tu,"_assertThisInitialized");function ru(e,t){if(typeof t!="function"&&t!==null)throw new TypeError("Super expression must ei\
ther be null or a function");e.prototype=Object.create(t&&t.prototype,{constructor:{value:e,writable:!0,configurable:!0}}),Object.defineProperty(e,"prototype",{
writable:!1}),t&&tt(e,t)}o(ru,"_inherits");function xr(e){var t=typeof Map=="function"?new Map:void 0;return xr=o(function(n){if(n===null||!ou(n))return n;if(typeof n!=
"function")throw new TypeError("Super expression must either be null or a function");if(typeof t<"u"){if(t.has(n))return t.get(n);t.set(n,i)}function i(){return nu(
n,arguments,rt(this).constructor)}return o(i,"Wrapper"),i.prototype=Object.create(n.prototype,{constructor:{value:i,enumerable:!1,writable:!0,configurable:!0}}),
tt(i,n)},"_wrapNativeSuper"),xr(e)}o(xr,"_wrapNativeSuper");function nu(e,t,r){if(Tr())return Reflect.construct.apply(null,arguments);var n=[null];n.push.apply(
n,t);var i=new(e.bind.apply(e,n));return r&&tt(i,r.prototype),i}o(nu,"_construct");function Tr(){try{var e=!Boolean.prototype.valueOf.call(Reflect.construct(Boolean,
[],function(){}))}catch{}return(Tr=o(function(){return!!e},"_isNativeReflectConstruct"))()}o(Tr,"_isNativeReflectConstruct");function ou(e){try{return Function.
toString.call(e).indexOf("[native code]")!==-1}catch{return typeof e=="function"}}o(ou,"_isNativeFunction");function tt(e,t){return tt=Object.setPrototypeOf?Object.
setPrototypeOf.bind():o(function(n,i){return n.__proto__=i,n},"_setPrototypeOf"),tt(e,t)}o(tt,"_setPrototypeOf");function rt(e){return rt=Object.setPrototypeOf?
Object.getPrototypeOf.bind():o(function(r){return r.__proto__||Object.getPrototypeOf(r)},"_getPrototypeOf"),rt(e)}o(rt,"_getPrototypeOf");var iu=(function(e){function t(r){
var n,i=arguments.length>1&&arguments[1]!==void 0?arguments[1]:null,a=arguments.length>2&&arguments[2]!==void 0?arguments[2]:null,f=arguments.length>3&&arguments[3]!==
void 0?arguments[3]:null;if(Ja(this,t),n=Va(this,t,[r]),n.originalRequest=a,n.originalResponse=f,n.causingError=i,i!=null&&(r+=", caused by ".concat(i.toString())),
a!=null){var c=a.getHeader("X-Request-ID")||"n/a",p=a.getMethod(),y=a.getURL(),h=f?f.getStatus():"n/a",v=f?f.getBody()||"":"n/a";r+=", originated from request (\
method: ".concat(p,", url: ").concat(y,", response code: ").concat(h,", response text: ").concat(v,", request id: ").concat(c,")")}return n.message=r,n}return o(
t,"DetailedError"),ru(t,e),Za(t)})(xr(Error)),Hh=Pt.default=iu});var Ur=L(xt=>{"use strict";Object.defineProperty(xt,"__esModule",{value:!0});xt.enableDebugLog=au;xt.log=uu;var kn=!1;function au(){kn=!0}o(au,"enableDebugLog");
function uu(e){kn&&console.log(e)}o(uu,"log")});var Dn=L(Tt=>{"use strict";Object.defineProperty(Tt,"__esModule",{value:!0});Tt.default=void 0;function nt(e){"@babel/helpers - typeof";return nt=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},nt(e)}o(nt,"_typeof");function fu(e,t){if(!(e instanceof t))throw new TypeError("Cannot call a class as a function")}o(fu,"_classCallCheck");
function Fn(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,su(
n.key),n)}}o(Fn,"_defineProperties");function lu(e,t,r){return t&&Fn(e.prototype,t),r&&Fn(e,r),Object.defineProperty(e,"prototype",{writable:!1}),e}o(lu,"_creat\
eClass");function su(e){var t=cu(e,"string");return nt(t)=="symbol"?t:t+""}o(su,"_toPropertyKey");function cu(e,t){if(nt(e)!="object"||!e)return e;var r=e[Symbol.
toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(nt(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive value.")}return(t===
"string"?String:Number)(e)}o(cu,"_toPrimitive");var Kh=Tt.default=(function(){function e(){fu(this,e)}return o(e,"NoopUrlStorage"),lu(e,[{key:"listAllUploads",value:o(
function(){return Promise.resolve([])},"listAllUploads")},{key:"findUploadsByFingerprint",value:o(function(r){return Promise.resolve([])},"findUploadsByFingerpr\
int")},{key:"removeUpload",value:o(function(r){return Promise.resolve()},"removeUpload")},{key:"addUpload",value:o(function(r,n){return Promise.resolve(null)},"\
addUpload")}])})()});var qn=L((jt,Nn)=>{(function(e,t){typeof jt=="object"&&typeof Nn<"u"?t(jt):typeof define=="function"&&define.amd?define(["exports"],t):(e=typeof globalThis<"u"?
globalThis:e||self,(function(){var r=e.Base64,n=e.Base64={};t(n),n.noConflict=function(){return e.Base64=r,n}})())})(jt,(function(e){"use strict";var t="3.9.7",
r=t,n=typeof TextDecoder=="function"?new TextDecoder("utf-8",{ignoreBOM:!0}):void 0,i=typeof TextEncoder=="function"?new TextEncoder:void 0,a="ABCDEFGHIJKLMNOPQ\
RSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=",f=Array.prototype.slice.call(a),c=(function(m){var b={};return m.forEach(function(x,D){return b[x]=D}),b})(f),
p=/^(?:[A-Za-z\d+\/]{4})*?(?:[A-Za-z\d+\/]{2}(?:==)?|[A-Za-z\d+\/]{3}=?)?$/,y=String.fromCharCode.bind(String),h=o(function(m){return m.replace(/=/g,"").replace(
/[+\/]/g,function(b){return b=="+"?"-":"_"})},"_mkUriSafe"),v=o(function(m){return m.replace(/[^A-Za-z0-9\+\/]/g,"")},"_tidyB64"),w=o(function(m){for(var b,x,D,
A,G="",Pr=m.length%3,Et=0;Et<m.length;){if((x=m.charCodeAt(Et++))>255||(D=m.charCodeAt(Et++))>255||(A=m.charCodeAt(Et++))>255)throw new TypeError("invalid chara\
cter found");b=x<<16|D<<8|A,G+=f[b>>18&63]+f[b>>12&63]+f[b>>6&63]+f[b&63]}return Pr?G.slice(0,Pr-3)+"===".substring(Pr):G},"btoaPolyfill"),S=typeof btoa=="funct\
ion"?function(m){return btoa(m)}:w,E=typeof Uint8Array.prototype.toBase64=="function"?Function.prototype.call.bind(Uint8Array.prototype.toBase64):function(m){for(var b=4096,
x=[],D=0,A=m.length;D<A;D+=b)x.push(y.apply(null,m.subarray(D,D+b)));return S(x.join(""))},T=o(function(m,b){return b===void 0&&(b=!1),b?h(E(m)):E(m)},"fromUint\
8Array"),O=o(function(m){if(m.length<2){var b=m.charCodeAt(0);return b<128?m:b<2048?y(192|b>>>6)+y(128|b&63):y(224|b>>>12&15)+y(128|b>>>6&63)+y(128|b&63)}else{var b=65536+
(m.charCodeAt(0)-55296)*1024+(m.charCodeAt(1)-56320);return y(240|b>>>18&7)+y(128|b>>>12&63)+y(128|b>>>6&63)+y(128|b&63)}},"cb_utob"),j=/[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\x00-\x7F]/g,
R=o(function(m){return m.replace(j,O)},"utob"),U=i?function(m){return E(i.encode(m))}:function(m){return S(R(m))},N=o(function(m,b){return b===void 0&&(b=!1),b?
h(U(m)):U(m)},"encode"),W=o(function(m){return N(m,!0)},"encodeURI"),F=/[\xC0-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF7][\x80-\xBF]{3}/g,q=o(function(m){
switch(m.length){case 4:var b=(7&m.charCodeAt(0))<<18|(63&m.charCodeAt(1))<<12|(63&m.charCodeAt(2))<<6|63&m.charCodeAt(3),x=b-65536;return y((x>>>10)+55296)+y((x&
1023)+56320);case 3:return y((15&m.charCodeAt(0))<<12|(63&m.charCodeAt(1))<<6|63&m.charCodeAt(2));default:return y((31&m.charCodeAt(0))<<6|63&m.charCodeAt(1))}},
"cb_btou"),Y=o(function(m){return m.replace(F,q)},"btou"),P=o(function(m){if(m=m.replace(/\s+/g,""),!p.test(m))throw new TypeError("malformed base64.");m+="==".
slice(2-(m.length&3));for(var b,x,D,A=[],G=0;G<m.length;)b=c[m.charAt(G++)]<<18|c[m.charAt(G++)]<<12|(x=c[m.charAt(G++)])<<6|(D=c[m.charAt(G++)]),x===64?A.push(
y(b>>16&255)):D===64?A.push(y(b>>16&255,b>>8&255)):A.push(y(b>>16&255,b>>8&255,b&255));return A.join("")},"atobPolyfill"),k=typeof atob=="function"?function(m){
return atob(v(m))}:P,C=typeof Uint8Array.fromBase64=="function"?function(m){return Uint8Array.fromBase64(m)}:function(m){for(var b=k(m),x=b.length,D=new Uint8Array(
x),A=0;A<x;A++)D[A]=b.charCodeAt(A);return D},B=o(function(m){return C(M(m))},"toUint8Array"),H=n?function(m){return n.decode(C(m))}:function(m){return Y(k(m))},
M=o(function(m){return v(m.replace(/[-_]/g,function(b){return b=="-"?"+":"/"}))},"_unURI"),I=o(function(m){return H(M(m))},"decode"),s=o(function(m){if(typeof m!=
"string")return!1;var b=m.replace(/\s+/g,"").replace(/={0,2}$/,"");return b.length%4===1?!1:!/[^\s0-9a-zA-Z\+/]/.test(b)||!/[^\s0-9a-zA-Z\-_]/.test(b)},"isValid"),
u=o(function(m){return{value:m,enumerable:!1,writable:!0,configurable:!0}},"_noEnum"),l=o(function(){var m=o(function(b,x){return Object.defineProperty(String.prototype,
b,u(x))},"_add");m("fromBase64",function(){return I(this)}),m("toBase64",function(b){return N(this,b)}),m("toBase64URI",function(){return N(this,!0)}),m("toBase\
64URL",function(){return N(this,!0)}),m("toUint8Array",function(){return B(this)})},"extendString"),d=o(function(){var m=o(function(b,x){return Object.defineProperty(
Uint8Array.prototype,b,u(x))},"_add");m("toBase64",function(b){return T(this,b)}),m("toBase64URI",function(){return T(this,!0)}),m("toBase64URL",function(){return T(
this,!0)})},"extendUint8Array"),_=o(function(){l(),d()},"extendBuiltins"),g={version:t,VERSION:r,atob:k,atobPolyfill:P,btoa:S,btoaPolyfill:w,fromBase64:I,toBase64:N,
encode:N,encodeURI:W,encodeURL:W,utob:R,btou:Y,decode:I,isValid:s,fromUint8Array:T,toUint8Array:B,extendString:l,extendUint8Array:d,extendBuiltins:_};e.Base64=g,
e.VERSION=r,e.atob=k,e.atobPolyfill=P,e.btoa=S,e.btoaPolyfill=w,e.btou=Y,e.decode=I,e.encode=N,e.encodeURI=W,e.encodeURL=W,e.extendBuiltins=_,e.extendString=l,e.
extendUint8Array=d,e.fromBase64=I,e.fromUint8Array=T,e.isValid=s,e.toBase64=N,e.toUint8Array=B,e.utob=R,e.version=t}))});var Gn=L((Qh,Mn)=>{"use strict";Mn.exports=o(function(t,r){if(r=r.split(":")[0],t=+t,!t)return!1;switch(r){case"http":case"ws":return t!==80;case"https":case"ws\
s":return t!==443;case"ftp":return t!==21;case"gopher":return t!==70;case"file":return!1}return t!==0},"required")});var zn=L(Rr=>{"use strict";var pu=Object.prototype.hasOwnProperty,hu;function Hn(e){try{return decodeURIComponent(e.replace(/\+/g," "))}catch{return null}}o(Hn,
"decode");function Bn(e){try{return encodeURIComponent(e)}catch{return null}}o(Bn,"encode");function du(e){for(var t=/([^=?#&]+)=?([^&]*)/g,r={},n;n=t.exec(e);){
var i=Hn(n[1]),a=Hn(n[2]);i===null||a===null||i in r||(r[i]=a)}return r}o(du,"querystring");function yu(e,t){t=t||"";var r=[],n,i;typeof t!="string"&&(t="?");for(i in e)
if(pu.call(e,i)){if(n=e[i],!n&&(n===null||n===hu||isNaN(n))&&(n=""),i=Bn(i),n=Bn(n),i===null||n===null)continue;r.push(i+"="+n)}return r.length?t+r.join("&"):""}
o(yu,"querystringify");Rr.stringify=yu;Rr.parse=du});var Jn=L((td,Qn)=>{"use strict";var Wn=Gn(),Ut=zn(),vu=/^[\x00-\x20\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/,Kn=/[\n\r\t]/g,mu=/^[A-Za-z][A-Za-z0-9+-.]*:\/\//,
Yn=/:\d+$/,gu=/^([a-z][a-z0-9.+-]*:)?(\/\/)?([\\/]+)?([\S\s]*)/i,_u=/^[a-zA-Z]:/;function Lr(e){return(e||"").toString().replace(vu,"")}o(Lr,"trimLeft");var Cr=[
["#","hash"],["?","query"],o(function(t,r){return J(r.protocol)?t.replace(/\\/g,"/"):t},"sanitize"),["/","pathname"],["@","auth",1],[NaN,"host",void 0,1,1],[/:(\d*)$/,
"port",void 0,1],[NaN,"hostname",void 0,1,1]],$n={hash:1,query:1};function Zn(e){var t;typeof window<"u"?t=window:typeof global<"u"?t=global:typeof self<"u"?t=self:
t={};var r=t.location||{};e=e||r;var n={},i=typeof e,a;if(e.protocol==="blob:")n=new V(unescape(e.pathname),{});else if(i==="string"){n=new V(e,{});for(a in $n)
delete n[a]}else if(i==="object"){for(a in e)a in $n||(n[a]=e[a]);n.slashes===void 0&&(n.slashes=mu.test(e.href))}return n}o(Zn,"lolcation");function J(e){return e===
"file:"||e==="ftp:"||e==="http:"||e==="https:"||e==="ws:"||e==="wss:"}o(J,"isSpecial");function Xn(e,t){e=Lr(e),e=e.replace(Kn,""),t=t||{};var r=gu.exec(e),n=r[1]?
r[1].toLowerCase():"",i=!!r[2],a=!!r[3],f=0,c;return i?a?(c=r[2]+r[3]+r[4],f=r[2].length+r[3].length):(c=r[2]+r[4],f=r[2].length):a?(c=r[3]+r[4],f=r[3].length):
c=r[4],n==="file:"?f>=2&&(c=c.slice(2)):J(n)?c=r[4]:n?i&&(c=c.slice(2)):f>=2&&J(t.protocol)&&(c=r[4]),{protocol:n,slashes:i||J(n),slashesCount:f,rest:c}}o(Xn,"e\
xtractProtocol");function bu(e,t){if(e==="")return t;for(var r=(t||"/").split("/").slice(0,-1).concat(e.split("/")),n=r.length,i=r[n-1],a=!1,f=0;n--;)r[n]==="."?
r.splice(n,1):r[n]===".."?(r.splice(n,1),f++):f&&(n===0&&(a=!0),r.splice(n,1),f--);return a&&r.unshift(""),(i==="."||i==="..")&&r.push(""),r.join("/")}o(bu,"res\
olve");function V(e,t,r){if(e=Lr(e),e=e.replace(Kn,""),!(this instanceof V))return new V(e,t,r);var n,i,a,f,c,p,y=Cr.slice(),h=typeof t,v=this,w=0;for(h!=="obje\
ct"&&h!=="string"&&(r=t,t=null),r&&typeof r!="function"&&(r=Ut.parse),t=Zn(t),i=Xn(e||"",t),n=!i.protocol&&!i.slashes,v.slashes=i.slashes||n&&t.slashes,v.protocol=
i.protocol||t.protocol||"",e=i.rest,(i.protocol==="file:"&&(i.slashesCount!==2||_u.test(e))||!i.slashes&&(i.protocol||i.slashesCount<2||!J(v.protocol)))&&(y[3]=
[/(.*)/,"pathname"]);w<y.length;w++){if(f=y[w],typeof f=="function"){e=f(e,v);continue}a=f[0],p=f[1],a!==a?v[p]=e:typeof a=="string"?(c=a==="@"?e.lastIndexOf(a):
e.indexOf(a),~c&&(typeof f[2]=="number"?(v[p]=e.slice(0,c),e=e.slice(c+f[2])):(v[p]=e.slice(c),e=e.slice(0,c)))):(c=a.exec(e))&&(v[p]=c[1],e=e.slice(0,c.index)),
v[p]=v[p]||n&&f[3]&&t[p]||"",f[4]&&(v[p]=v[p].toLowerCase())}r&&(v.query=r(v.query)),n&&t.slashes&&v.pathname.charAt(0)!=="/"&&(v.pathname!==""||t.pathname!=="")&&
(v.pathname=bu(v.pathname,t.pathname)),v.pathname.charAt(0)!=="/"&&J(v.protocol)&&(v.pathname="/"+v.pathname),Wn(v.port,v.protocol)||(v.host=v.hostname,v.port=""),
v.username=v.password="",v.auth&&(c=v.auth.indexOf(":"),~c?(v.username=v.auth.slice(0,c),v.username=encodeURIComponent(decodeURIComponent(v.username)),v.password=
v.auth.slice(c+1),v.password=encodeURIComponent(decodeURIComponent(v.password))):v.username=encodeURIComponent(decodeURIComponent(v.auth)),v.auth=v.password?v.username+
":"+v.password:v.username),v.origin=v.protocol!=="file:"&&J(v.protocol)&&v.host?v.protocol+"//"+v.host:"null",v.href=v.toString()}o(V,"Url");function wu(e,t,r){
var n=this;switch(e){case"query":typeof t=="string"&&t.length&&(t=(r||Ut.parse)(t)),n[e]=t;break;case"port":n[e]=t,Wn(t,n.protocol)?t&&(n.host=n.hostname+":"+t):
(n.host=n.hostname,n[e]="");break;case"hostname":n[e]=t,n.port&&(t+=":"+n.port),n.host=t;break;case"host":n[e]=t,Yn.test(t)?(t=t.split(":"),n.port=t.pop(),n.hostname=
t.join(":")):(n.hostname=t,n.port="");break;case"protocol":n.protocol=t.toLowerCase(),n.slashes=!r;break;case"pathname":case"hash":if(t){var i=e==="pathname"?"/":
"#";n[e]=t.charAt(0)!==i?i+t:t}else n[e]=t;break;case"username":case"password":n[e]=encodeURIComponent(t);break;case"auth":var a=t.indexOf(":");~a?(n.username=t.
slice(0,a),n.username=encodeURIComponent(decodeURIComponent(n.username)),n.password=t.slice(a+1),n.password=encodeURIComponent(decodeURIComponent(n.password))):
n.username=encodeURIComponent(decodeURIComponent(t))}for(var f=0;f<Cr.length;f++){var c=Cr[f];c[4]&&(n[c[1]]=n[c[1]].toLowerCase())}return n.auth=n.password?n.username+
":"+n.password:n.username,n.origin=n.protocol!=="file:"&&J(n.protocol)&&n.host?n.protocol+"//"+n.host:"null",n.href=n.toString(),n}o(wu,"set");function Su(e){(!e||
typeof e!="function")&&(e=Ut.stringify);var t,r=this,n=r.host,i=r.protocol;i&&i.charAt(i.length-1)!==":"&&(i+=":");var a=i+(r.protocol&&r.slashes||J(r.protocol)?
"//":"");return r.username?(a+=r.username,r.password&&(a+=":"+r.password),a+="@"):r.password?(a+=":"+r.password,a+="@"):r.protocol!=="file:"&&J(r.protocol)&&!n&&
r.pathname!=="/"&&(a+="@"),(n[n.length-1]===":"||Yn.test(r.hostname)&&!r.port)&&(n+=":"),a+=n+r.pathname,t=typeof r.query=="object"?e(r.query):r.query,t&&(a+=t.
charAt(0)!=="?"?"?"+t:t),r.hash&&(a+=r.hash),a}o(Su,"toString");V.prototype={set:wu,toString:Su};V.extractProtocol=Xn;V.location=Zn;V.trimLeft=Lr;V.qs=Ut;Qn.exports=
V});var Vn=L(Ir=>{"use strict";Object.defineProperty(Ir,"__esModule",{value:!0});Ir.default=Ou;function Ou(){return"xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g,
function(e){var t=Math.random()*16|0,r=e==="x"?t:t&3|8;return r.toString(16)})}o(Ou,"uuid")});var yo=L(It=>{"use strict";Object.defineProperty(It,"__esModule",{value:!0});It.default=void 0;var Eu=qn(),Pu=Fr(Jn()),Rt=Fr(jr()),fe=Ur(),xu=Fr(Vn());function Fr(e){
return e&&e.__esModule?e:{default:e}}o(Fr,"_interopRequireDefault");function Ar(){"use strict";Ar=o(function(){return t},"_regeneratorRuntime");var e,t={},r=Object.
prototype,n=r.hasOwnProperty,i=Object.defineProperty||function(s,u,l){s[u]=l.value},a=typeof Symbol=="function"?Symbol:{},f=a.iterator||"@@iterator",c=a.asyncIterator||
"@@asyncIterator",p=a.toStringTag||"@@toStringTag";function y(s,u,l){return Object.defineProperty(s,u,{value:l,enumerable:!0,configurable:!0,writable:!0}),s[u]}
o(y,"define");try{y({},"")}catch{y=o(function(l,d,_){return l[d]=_},"define")}function h(s,u,l,d){var _=u&&u.prototype instanceof j?u:j,g=Object.create(_.prototype),
m=new M(d||[]);return i(g,"_invoke",{value:k(s,l,m)}),g}o(h,"wrap");function v(s,u,l){try{return{type:"normal",arg:s.call(u,l)}}catch(d){return{type:"throw",arg:d}}}
o(v,"tryCatch"),t.wrap=h;var w="suspendedStart",S="suspendedYield",E="executing",T="completed",O={};function j(){}o(j,"Generator");function R(){}o(R,"GeneratorF\
unction");function U(){}o(U,"GeneratorFunctionPrototype");var N={};y(N,f,function(){return this});var W=Object.getPrototypeOf,F=W&&W(W(I([])));F&&F!==r&&n.call(
F,f)&&(N=F);var q=U.prototype=j.prototype=Object.create(N);function Y(s){["next","throw","return"].forEach(function(u){y(s,u,function(l){return this._invoke(u,l)})})}
o(Y,"defineIteratorMethods");function P(s,u){function l(_,g,m,b){var x=v(s[_],s,g);if(x.type!=="throw"){var D=x.arg,A=D.value;return A&&le(A)=="object"&&n.call(
A,"__await")?u.resolve(A.__await).then(function(G){l("next",G,m,b)},function(G){l("throw",G,m,b)}):u.resolve(A).then(function(G){D.value=G,m(D)},function(G){return l(
"throw",G,m,b)})}b(x.arg)}o(l,"invoke");var d;i(this,"_invoke",{value:o(function(g,m){function b(){return new u(function(x,D){l(g,m,x,D)})}return o(b,"callInvok\
eWithMethodAndArg"),d=d?d.then(b,b):b()},"value")})}o(P,"AsyncIterator");function k(s,u,l){var d=w;return function(_,g){if(d===E)throw Error("Generator is alrea\
dy running");if(d===T){if(_==="throw")throw g;return{value:e,done:!0}}for(l.method=_,l.arg=g;;){var m=l.delegate;if(m){var b=C(m,l);if(b){if(b===O)continue;return b}}
if(l.method==="next")l.sent=l._sent=l.arg;else if(l.method==="throw"){if(d===w)throw d=T,l.arg;l.dispatchException(l.arg)}else l.method==="return"&&l.abrupt("re\
turn",l.arg);d=E;var x=v(s,u,l);if(x.type==="normal"){if(d=l.done?T:S,x.arg===O)continue;return{value:x.arg,done:l.done}}x.type==="throw"&&(d=T,l.method="throw",
l.arg=x.arg)}}}o(k,"makeInvokeMethod");function C(s,u){var l=u.method,d=s.iterator[l];if(d===e)return u.delegate=null,l==="throw"&&s.iterator.return&&(u.method=
"return",u.arg=e,C(s,u),u.method==="throw")||l!=="return"&&(u.method="throw",u.arg=new TypeError("The iterator does not provide a '"+l+"' method")),O;var _=v(d,
s.iterator,u.arg);if(_.type==="throw")return u.method="throw",u.arg=_.arg,u.delegate=null,O;var g=_.arg;return g?g.done?(u[s.resultName]=g.value,u.next=s.nextLoc,
u.method!=="return"&&(u.method="next",u.arg=e),u.delegate=null,O):g:(u.method="throw",u.arg=new TypeError("iterator result is not an object"),u.delegate=null,O)}
o(C,"maybeInvokeDelegate");function B(s){var u={tryLoc:s[0]};1 in s&&(u.catchLoc=s[1]),2 in s&&(u.finallyLoc=s[2],u.afterLoc=s[3]),this.tryEntries.push(u)}o(B,"\
pushTryEntry");function H(s){var u=s.completion||{};u.type="normal",delete u.arg,s.completion=u}o(H,"resetTryEntry");function M(s){this.tryEntries=[{tryLoc:"roo\
t"}],s.forEach(B,this),this.reset(!0)}o(M,"Context");function I(s){if(s||s===""){var u=s[f];if(u)return u.call(s);if(typeof s.next=="function")return s;if(!isNaN(
s.length)){var l=-1,d=o(function _(){for(;++l<s.length;)if(n.call(s,l))return _.value=s[l],_.done=!1,_;return _.value=e,_.done=!0,_},"next");return d.next=d}}throw new TypeError(
le(s)+" is not iterable")}return o(I,"values"),R.prototype=U,i(q,"constructor",{value:U,configurable:!0}),i(U,"constructor",{value:R,configurable:!0}),R.displayName=
y(U,p,"GeneratorFunction"),t.isGeneratorFunction=function(s){var u=typeof s=="function"&&s.constructor;return!!u&&(u===R||(u.displayName||u.name)==="GeneratorFu\
nction")},t.mark=function(s){return Object.setPrototypeOf?Object.setPrototypeOf(s,U):(s.__proto__=U,y(s,p,"GeneratorFunction")),s.prototype=Object.create(q),s},
t.awrap=function(s){return{__await:s}},Y(P.prototype),y(P.prototype,c,function(){return this}),t.AsyncIterator=P,t.async=function(s,u,l,d,_){_===void 0&&(_=Promise);
var g=new P(h(s,u,l,d),_);return t.isGeneratorFunction(u)?g:g.next().then(function(m){return m.done?m.value:g.next()})},Y(q),y(q,p,"Generator"),y(q,f,function(){
return this}),y(q,"toString",function(){return"[object Generator]"}),t.keys=function(s){var u=Object(s),l=[];for(var d in u)l.push(d);return l.reverse(),o(function _(){
for(;l.length;){var g=l.pop();if(g in u)return _.value=g,_.done=!1,_}return _.done=!0,_},"next")},t.values=I,M.prototype={constructor:M,reset:o(function(u){if(this.
prev=0,this.next=0,this.sent=this._sent=e,this.done=!1,this.delegate=null,this.method="next",this.arg=e,this.tryEntries.forEach(H),!u)for(var l in this)l.charAt(
0)==="t"&&n.call(this,l)&&!isNaN(+l.slice(1))&&(this[l]=e)},"reset"),stop:o(function(){this.done=!0;var u=this.tryEntries[0].completion;if(u.type==="throw")throw u.
arg;return this.rval},"stop"),dispatchException:o(function(u){if(this.done)throw u;var l=this;function d(D,A){return m.type="throw",m.arg=u,l.next=D,A&&(l.method=
"next",l.arg=e),!!A}o(d,"handle");for(var _=this.tryEntries.length-1;_>=0;--_){var g=this.tryEntries[_],m=g.completion;if(g.tryLoc==="root")return d("end");if(g.
tryLoc<=this.prev){var b=n.call(g,"catchLoc"),x=n.call(g,"finallyLoc");if(b&&x){if(this.prev<g.catchLoc)return d(g.catchLoc,!0);if(this.prev<g.finallyLoc)return d(
g.finallyLoc)}else if(b){if(this.prev<g.catchLoc)return d(g.catchLoc,!0)}else{if(!x)throw Error("try statement without catch or finally");if(this.prev<g.finallyLoc)
return d(g.finallyLoc)}}}},"dispatchException"),abrupt:o(function(u,l){for(var d=this.tryEntries.length-1;d>=0;--d){var _=this.tryEntries[d];if(_.tryLoc<=this.prev&&
n.call(_,"finallyLoc")&&this.prev<_.finallyLoc){var g=_;break}}g&&(u==="break"||u==="continue")&&g.tryLoc<=l&&l<=g.finallyLoc&&(g=null);var m=g?g.completion:{};
return m.type=u,m.arg=l,g?(this.method="next",this.next=g.finallyLoc,O):this.complete(m)},"abrupt"),complete:o(function(u,l){if(u.type==="throw")throw u.arg;return u.
type==="break"||u.type==="continue"?this.next=u.arg:u.type==="return"?(this.rval=this.arg=u.arg,this.method="return",this.next="end"):u.type==="normal"&&l&&(this.
next=l),O},"complete"),finish:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.finallyLoc===u)return this.complete(d.completion,
d.afterLoc),H(d),O}},"finish"),catch:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.tryLoc===u){var _=d.completion;if(_.
type==="throw"){var g=_.arg;H(d)}return g}}throw Error("illegal catch attempt")},"_catch"),delegateYield:o(function(u,l,d){return this.delegate={iterator:I(u),resultName:l,
nextLoc:d},this.method==="next"&&(this.arg=e),O},"delegateYield")},t}o(Ar,"_regeneratorRuntime");function eo(e,t,r,n,i,a,f){try{var c=e[a](f),p=c.value}catch(y){
r(y);return}c.done?t(p):Promise.resolve(p).then(n,i)}o(eo,"asyncGeneratorStep");function Tu(e){return function(){var t=this,r=arguments;return new Promise(function(n,i){
var a=e.apply(t,r);function f(p){eo(a,n,i,f,c,"next",p)}o(f,"_next");function c(p){eo(a,n,i,f,c,"throw",p)}o(c,"_throw"),f(void 0)})}}o(Tu,"_asyncToGenerator");
function lo(e,t){return Ru(e)||Uu(e,t)||so(e,t)||ju()}o(lo,"_slicedToArray");function ju(){throw new TypeError(`Invalid attempt to destructure non-iterable inst\
ance.
In order to be iterable, non-array objects must have a [Symbol.iterator]() method.`)}o(ju,"_nonIterableRest");function Uu(e,t){var r=e==null?null:typeof Symbol<
"u"&&e[Symbol.iterator]||e["@@iterator"];if(r!=null){var n,i,a,f,c=[],p=!0,y=!1;try{if(a=(r=r.call(e)).next,t===0){if(Object(r)!==r)return;p=!1}else for(;!(p=(n=
a.call(r)).done)&&(c.push(n.value),c.length!==t);p=!0);}catch(h){y=!0,i=h}finally{try{if(!p&&r.return!=null&&(f=r.return(),Object(f)!==f))return}finally{if(y)throw i}}
return c}}o(Uu,"_iterableToArrayLimit");function Ru(e){if(Array.isArray(e))return e}o(Ru,"_arrayWithHoles");function le(e){"@babel/helpers - typeof";return le=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},le(e)}o(le,"_typeof");function Cu(e,t){var r=typeof Symbol<"u"&&e[Symbol.iterator]||e["@@iterator"];if(!r){if(Array.isArray(e)||(r=so(e))||t&&
e&&typeof e.length=="number"){r&&(e=r);var n=0,i=o(function(){},"F");return{s:i,n:o(function(){return n>=e.length?{done:!0}:{done:!1,value:e[n++]}},"n"),e:o(function(y){
throw y},"e"),f:i}}throw new TypeError(`Invalid attempt to iterate non-iterable instance.
In order to be iterable, non-array objects must have a [Symbol.iterator]() method.`)}var a=!0,f=!1,c;return{s:o(function(){r=r.call(e)},"s"),n:o(function(){var y=r.
next();return a=y.done,y},"n"),e:o(function(y){f=!0,c=y},"e"),f:o(function(){try{!a&&r.return!=null&&r.return()}finally{if(f)throw c}},"f")}}o(Cu,"_createForOfI\
teratorHelper");function so(e,t){if(e){if(typeof e=="string")return to(e,t);var r=Object.prototype.toString.call(e).slice(8,-1);if(r==="Object"&&e.constructor&&
(r=e.constructor.name),r==="Map"||r==="Set")return Array.from(e);if(r==="Arguments"||/^(?:Ui|I)nt(?:8|16|32)(?:Clamped)?Array$/.test(r))return to(e,t)}}o(so,"_u\
nsupportedIterableToArray");function to(e,t){(t==null||t>e.length)&&(t=e.length);for(var r=0,n=new Array(t);r<t;r++)n[r]=e[r];return n}o(to,"_arrayLikeToArray");
function ro(e,t){var r=Object.keys(e);if(Object.getOwnPropertySymbols){var n=Object.getOwnPropertySymbols(e);t&&(n=n.filter(function(i){return Object.getOwnPropertyDescriptor(
e,i).enumerable})),r.push.apply(r,n)}return r}o(ro,"ownKeys");function Ie(e){for(var t=1;t<arguments.length;t++){var r=arguments[t]!=null?arguments[t]:{};t%2?ro(
Object(r),!0).forEach(function(n){Lu(e,n,r[n])}):Object.getOwnPropertyDescriptors?Object.defineProperties(e,Object.getOwnPropertyDescriptors(r)):ro(Object(r)).forEach(
function(n){Object.defineProperty(e,n,Object.getOwnPropertyDescriptor(r,n))})}return e}o(Ie,"_objectSpread");function Lu(e,t,r){return t=co(t),t in e?Object.defineProperty(
e,t,{value:r,enumerable:!0,configurable:!0,writable:!0}):e[t]=r,e}o(Lu,"_defineProperty");function Iu(e,t){if(!(e instanceof t))throw new TypeError("Cannot call\
 a class as a function")}o(Iu,"_classCallCheck");function no(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in
n&&(n.writable=!0),Object.defineProperty(e,co(n.key),n)}}o(no,"_defineProperties");function Au(e,t,r){return t&&no(e.prototype,t),r&&no(e,r),Object.defineProperty(
e,"prototype",{writable:!1}),e}o(Au,"_createClass");function co(e){var t=ku(e,"string");return le(t)=="symbol"?t:t+""}o(co,"_toPropertyKey");function ku(e,t){if(le(
e)!="object"||!e)return e;var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(le(n)!="object")return n;throw new TypeError("@@toPrimitive\
 must return a primitive value.")}return(t==="string"?String:Number)(e)}o(ku,"_toPrimitive");var Ct="tus-v1",Lt="ietf-draft-03",ot="ietf-draft-05",Fu={endpoint:null,
uploadUrl:null,metadata:{},metadataForPartialUploads:{},fingerprint:null,uploadSize:null,onProgress:null,onChunkComplete:null,onSuccess:null,onError:null,onUploadUrlAvailable:null,
overridePatchMethod:!1,headers:{},addRequestId:!1,onBeforeRequest:null,onAfterResponse:null,onShouldRetry:ho,chunkSize:Number.POSITIVE_INFINITY,retryDelays:[0,1e3,
3e3,5e3],parallelUploads:1,parallelUploadBoundaries:null,storeFingerprintForResuming:!0,removeFingerprintOnSuccess:!1,uploadLengthDeferred:!1,uploadDataDuringCreation:!1,
urlStorage:null,fileReader:null,httpStack:null,protocol:Ct},po=(function(){function e(t,r){Iu(this,e),"resume"in r&&console.log("tus: The `resume` option has be\
en removed in tus-js-client v2. Please use the URL storage API instead."),this.options=r,this.options.chunkSize=Number(this.options.chunkSize),this._urlStorage=
this.options.urlStorage,this.file=t,this.url=null,this._req=null,this._fingerprint=null,this._urlStorageKey=null,this._offset=null,this._aborted=!1,this._size=null,
this._source=null,this._retryAttempt=0,this._retryTimeout=null,this._offsetBeforeRetry=0,this._parallelUploads=null,this._parallelUploadUrls=null}return o(e,"Ba\
seUpload"),Au(e,[{key:"findPreviousUploads",value:o(function(){var r=this;return this.options.fingerprint(this.file,this.options).then(function(n){return r._urlStorage.
findUploadsByFingerprint(n)})},"findPreviousUploads")},{key:"resumeFromPreviousUpload",value:o(function(r){this.url=r.uploadUrl||null,this._parallelUploadUrls=r.
parallelUploadUrls||null,this._urlStorageKey=r.urlStorageKey},"resumeFromPreviousUpload")},{key:"start",value:o(function(){var r=this,n=this.file;if(!n){this._emitError(
new Error("tus: no file or stream to upload provided"));return}if(![Ct,Lt,ot].includes(this.options.protocol)){this._emitError(new Error("tus: unsupported proto\
col ".concat(this.options.protocol)));return}if(!this.options.endpoint&&!this.options.uploadUrl&&!this.url){this._emitError(new Error("tus: neither an endpoint \
or an upload URL is provided"));return}var i=this.options.retryDelays;if(i!=null&&Object.prototype.toString.call(i)!=="[object Array]"){this._emitError(new Error(
"tus: the `retryDelays` option must either be an array or null"));return}if(this.options.parallelUploads>1)for(var a=0,f=["uploadUrl","uploadSize","uploadLength\
Deferred"];a<f.length;a++){var c=f[a];if(this.options[c]){this._emitError(new Error("tus: cannot use the ".concat(c," option when parallelUploads is enabled")));
return}}if(this.options.parallelUploadBoundaries){if(this.options.parallelUploads<=1){this._emitError(new Error("tus: cannot use the `parallelUploadBoundaries` \
option when `parallelUploads` is disabled"));return}if(this.options.parallelUploads!==this.options.parallelUploadBoundaries.length){this._emitError(new Error("t\
us: the `parallelUploadBoundaries` must have the same length as the value of `parallelUploads`"));return}}this.options.fingerprint(n,this.options).then(function(p){
return p==null?(0,fe.log)("No fingerprint was calculated meaning that the upload cannot be stored in the URL storage."):(0,fe.log)("Calculated fingerprint: ".concat(
p)),r._fingerprint=p,r._source?r._source:r.options.fileReader.openFile(n,r.options.chunkSize)}).then(function(p){if(r._source=p,r.options.uploadLengthDeferred)r.
_size=null;else if(r.options.uploadSize!=null){if(r._size=Number(r.options.uploadSize),Number.isNaN(r._size)){r._emitError(new Error("tus: cannot convert `uploa\
dSize` option into a number"));return}}else if(r._size=r._source.size,r._size==null){r._emitError(new Error("tus: cannot automatically derive upload's size from\
 input. Specify it manually using the `uploadSize` option or use the `uploadLengthDeferred` option"));return}r.options.parallelUploads>1||r._parallelUploadUrls!=
null?r._startParallelUpload():r._startSingleUpload()}).catch(function(p){r._emitError(p)})},"start")},{key:"_startParallelUpload",value:o(function(){var r,n=this,
i=this._size,a=0;this._parallelUploads=[];var f=this._parallelUploadUrls!=null?this._parallelUploadUrls.length:this.options.parallelUploads,c=(r=this.options.parallelUploadBoundaries)!==
null&&r!==void 0?r:Nu(this._source.size,f);this._parallelUploadUrls&&c.forEach(function(h,v){h.uploadUrl=n._parallelUploadUrls[v]||null}),this._parallelUploadUrls=
new Array(c.length);var p=c.map(function(h,v){var w=0;return n._source.slice(h.start,h.end).then(function(S){var E=S.value;return new Promise(function(T,O){var j=Ie(
Ie({},n.options),{},{uploadUrl:h.uploadUrl||null,storeFingerprintForResuming:!1,removeFingerprintOnSuccess:!1,parallelUploads:1,parallelUploadBoundaries:null,metadata:n.
options.metadataForPartialUploads,headers:Ie(Ie({},n.options.headers),{},{"Upload-Concat":"partial"}),onSuccess:T,onError:O,onProgress:o(function(N){a=a-w+N,w=N,
n._emitProgress(a,i)},"onProgress"),onUploadUrlAvailable:o(function(){n._parallelUploadUrls[v]=R.url,n._parallelUploadUrls.filter(function(N){return!!N}).length===
c.length&&n._saveUploadInUrlStorage()},"onUploadUrlAvailable")}),R=new e(E,j);R.start(),n._parallelUploads.push(R)})})}),y;Promise.all(p).then(function(){y=n._openRequest(
"POST",n.options.endpoint),y.setHeader("Upload-Concat","final;".concat(n._parallelUploadUrls.join(" ")));var h=oo(n.options.metadata);return h!==""&&y.setHeader(
"Upload-Metadata",h),n._sendRequest(y,null)}).then(function(h){if(!Ae(h.getStatus(),200)){n._emitHttpError(y,h,"tus: unexpected response while creating upload");
return}var v=h.getHeader("Location");if(v==null){n._emitHttpError(y,h,"tus: invalid or missing Location header");return}n.url=fo(n.options.endpoint,v),(0,fe.log)(
"Created upload at ".concat(n.url)),n._emitSuccess(h)}).catch(function(h){n._emitError(h)})},"_startParallelUpload")},{key:"_startSingleUpload",value:o(function(){
if(this._aborted=!1,this.url!=null){(0,fe.log)("Resuming upload from previous URL: ".concat(this.url)),this._resumeUpload();return}if(this.options.uploadUrl!=null){
(0,fe.log)("Resuming upload from provided URL: ".concat(this.options.uploadUrl)),this.url=this.options.uploadUrl,this._resumeUpload();return}(0,fe.log)("Creatin\
g a new upload"),this._createUpload()},"_startSingleUpload")},{key:"abort",value:o(function(r){var n=this;if(this._parallelUploads!=null){var i=Cu(this._parallelUploads),
a;try{for(i.s();!(a=i.n()).done;){var f=a.value;f.abort(r)}}catch(c){i.e(c)}finally{i.f()}}return this._req!==null&&this._req.abort(),this._aborted=!0,this._retryTimeout!=
null&&(clearTimeout(this._retryTimeout),this._retryTimeout=null),!r||this.url==null?Promise.resolve():e.terminate(this.url,this.options).then(function(){return n.
_removeFromUrlStorage()})},"abort")},{key:"_emitHttpError",value:o(function(r,n,i,a){this._emitError(new Rt.default(i,a,r,n))},"_emitHttpError")},{key:"_emitErr\
or",value:o(function(r){var n=this;if(!this._aborted){if(this.options.retryDelays!=null){var i=this._offset!=null&&this._offset>this._offsetBeforeRetry;if(i&&(this.
_retryAttempt=0),uo(r,this._retryAttempt,this.options)){var a=this.options.retryDelays[this._retryAttempt++];this._offsetBeforeRetry=this._offset,this._retryTimeout=
setTimeout(function(){n.start()},a);return}}if(typeof this.options.onError=="function")this.options.onError(r);else throw r}},"_emitError")},{key:"_emitSuccess",
value:o(function(r){this.options.removeFingerprintOnSuccess&&this._removeFromUrlStorage(),typeof this.options.onSuccess=="function"&&this.options.onSuccess({lastResponse:r})},
"_emitSuccess")},{key:"_emitProgress",value:o(function(r,n){typeof this.options.onProgress=="function"&&this.options.onProgress(r,n)},"_emitProgress")},{key:"_e\
mitChunkComplete",value:o(function(r,n,i){typeof this.options.onChunkComplete=="function"&&this.options.onChunkComplete(r,n,i)},"_emitChunkComplete")},{key:"_cr\
eateUpload",value:o(function(){var r=this;if(!this.options.endpoint){this._emitError(new Error("tus: unable to create upload because no endpoint is provided"));
return}var n=this._openRequest("POST",this.options.endpoint);this.options.uploadLengthDeferred?n.setHeader("Upload-Defer-Length","1"):n.setHeader("Upload-Length",
"".concat(this._size));var i=oo(this.options.metadata);i!==""&&n.setHeader("Upload-Metadata",i);var a;this.options.uploadDataDuringCreation&&!this.options.uploadLengthDeferred?
(this._offset=0,a=this._addChunkToRequest(n)):((this.options.protocol===Lt||this.options.protocol===ot)&&n.setHeader("Upload-Complete","?0"),a=this._sendRequest(
n,null)),a.then(function(f){if(!Ae(f.getStatus(),200)){r._emitHttpError(n,f,"tus: unexpected response while creating upload");return}var c=f.getHeader("Location");
if(c==null){r._emitHttpError(n,f,"tus: invalid or missing Location header");return}if(r.url=fo(r.options.endpoint,c),(0,fe.log)("Created upload at ".concat(r.url)),
typeof r.options.onUploadUrlAvailable=="function"&&r.options.onUploadUrlAvailable(),r._size===0){r._emitSuccess(f),r._source.close();return}r._saveUploadInUrlStorage().
then(function(){r.options.uploadDataDuringCreation?r._handleUploadResponse(n,f):(r._offset=0,r._performUpload())})}).catch(function(f){r._emitHttpError(n,null,"\
tus: failed to create upload",f)})},"_createUpload")},{key:"_resumeUpload",value:o(function(){var r=this,n=this._openRequest("HEAD",this.url),i=this._sendRequest(
n,null);i.then(function(a){var f=a.getStatus();if(!Ae(f,200)){if(f===423){r._emitHttpError(n,a,"tus: upload is currently locked; retry later");return}if(Ae(f,400)&&
r._removeFromUrlStorage(),!r.options.endpoint){r._emitHttpError(n,a,"tus: unable to resume upload (new upload cannot be created without an endpoint)");return}r.
url=null,r._createUpload();return}var c=Number.parseInt(a.getHeader("Upload-Offset"),10);if(Number.isNaN(c)){r._emitHttpError(n,a,"tus: invalid or missing offse\
t value");return}var p=Number.parseInt(a.getHeader("Upload-Length"),10);if(Number.isNaN(p)&&!r.options.uploadLengthDeferred&&r.options.protocol===Ct){r._emitHttpError(
n,a,"tus: invalid or missing length value");return}typeof r.options.onUploadUrlAvailable=="function"&&r.options.onUploadUrlAvailable(),r._saveUploadInUrlStorage().
then(function(){if(c===p){r._emitProgress(p,p),r._emitSuccess(a);return}r._offset=c,r._performUpload()})}).catch(function(a){r._emitHttpError(n,null,"tus: faile\
d to resume upload",a)})},"_resumeUpload")},{key:"_performUpload",value:o(function(){var r=this;if(!this._aborted){var n;this.options.overridePatchMethod?(n=this.
_openRequest("POST",this.url),n.setHeader("X-HTTP-Method-Override","PATCH")):n=this._openRequest("PATCH",this.url),n.setHeader("Upload-Offset","".concat(this._offset));
var i=this._addChunkToRequest(n);i.then(function(a){if(!Ae(a.getStatus(),200)){r._emitHttpError(n,a,"tus: unexpected response while uploading chunk");return}r._handleUploadResponse(
n,a)}).catch(function(a){r._aborted||r._emitHttpError(n,null,"tus: failed to upload chunk at offset ".concat(r._offset),a)})}},"_performUpload")},{key:"_addChun\
kToRequest",value:o(function(r){var n=this,i=this._offset,a=this._offset+this.options.chunkSize;return r.setProgressHandler(function(f){n._emitProgress(i+f,n._size)}),
this.options.protocol===Ct?r.setHeader("Content-Type","application/offset+octet-stream"):this.options.protocol===ot&&r.setHeader("Content-Type","application/par\
tial-upload"),(a===Number.POSITIVE_INFINITY||a>this._size)&&!this.options.uploadLengthDeferred&&(a=this._size),this._source.slice(i,a).then(function(f){var c=f.
value,p=f.done,y=c!=null&&c.size?c.size:0;n.options.uploadLengthDeferred&&p&&(n._size=n._offset+y,r.setHeader("Upload-Length","".concat(n._size)));var h=n._offset+
y;return!n.options.uploadLengthDeferred&&p&&h!==n._size?Promise.reject(new Error("upload was configured with a size of ".concat(n._size," bytes, but the source \
is done after ").concat(h," bytes"))):c===null?n._sendRequest(r):((n.options.protocol===Lt||n.options.protocol===ot)&&r.setHeader("Upload-Complete",p?"?1":"?0"),
n._emitProgress(n._offset,n._size),n._sendRequest(r,c))})},"_addChunkToRequest")},{key:"_handleUploadResponse",value:o(function(r,n){var i=Number.parseInt(n.getHeader(
"Upload-Offset"),10);if(Number.isNaN(i)){this._emitHttpError(r,n,"tus: invalid or missing offset value");return}if(this._emitProgress(i,this._size),this._emitChunkComplete(
i-this._offset,i,this._size),this._offset=i,i===this._size){this._emitSuccess(n),this._source.close();return}this._performUpload()},"_handleUploadResponse")},{key:"\
_openRequest",value:o(function(r,n){var i=io(r,n,this.options);return this._req=i,i},"_openRequest")},{key:"_removeFromUrlStorage",value:o(function(){var r=this;
this._urlStorageKey&&(this._urlStorage.removeUpload(this._urlStorageKey).catch(function(n){r._emitError(n)}),this._urlStorageKey=null)},"_removeFromUrlStorage")},
{key:"_saveUploadInUrlStorage",value:o(function(){var r=this;if(!this.options.storeFingerprintForResuming||!this._fingerprint||this._urlStorageKey!==null)return Promise.
resolve();var n={size:this._size,metadata:this.options.metadata,creationTime:new Date().toString()};return this._parallelUploads?n.parallelUploadUrls=this._parallelUploadUrls:
n.uploadUrl=this.url,this._urlStorage.addUpload(this._fingerprint,n).then(function(i){r._urlStorageKey=i})},"_saveUploadInUrlStorage")},{key:"_sendRequest",value:o(
function(r){var n=arguments.length>1&&arguments[1]!==void 0?arguments[1]:null;return ao(r,n,this.options)},"_sendRequest")}],[{key:"terminate",value:o(function(r){
var n=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{},i=io("DELETE",r,n);return ao(i,null,n).then(function(a){if(a.getStatus()!==204)throw new Rt.default(
"tus: unexpected response while terminating upload",null,i,a)}).catch(function(a){if(a instanceof Rt.default||(a=new Rt.default("tus: failed to terminate upload",
a,i,null)),!uo(a,0,n))throw a;var f=n.retryDelays[0],c=n.retryDelays.slice(1),p=Ie(Ie({},n),{},{retryDelays:c});return new Promise(function(y){return setTimeout(
y,f)}).then(function(){return e.terminate(r,p)})})},"terminate")}])})();function oo(e){return Object.entries(e).map(function(t){var r=lo(t,2),n=r[0],i=r[1];return"".
concat(n," ").concat(Eu.Base64.encode(String(i)))}).join(",")}o(oo,"encodeMetadata");function Ae(e,t){return e>=t&&e<t+100}o(Ae,"inStatusCategory");function io(e,t,r){
var n=r.httpStack.createRequest(e,t);r.protocol===Lt?n.setHeader("Upload-Draft-Interop-Version","5"):r.protocol===ot?n.setHeader("Upload-Draft-Interop-Version",
"6"):n.setHeader("Tus-Resumable","1.0.0");for(var i=r.headers||{},a=0,f=Object.entries(i);a<f.length;a++){var c=lo(f[a],2),p=c[0],y=c[1];n.setHeader(p,y)}if(r.addRequestId){
var h=(0,xu.default)();n.setHeader("X-Request-ID",h)}return n}o(io,"openRequest");function ao(e,t,r){return kr.apply(this,arguments)}o(ao,"sendRequest");function kr(){
return kr=Tu(Ar().mark(o(function e(t,r,n){var i;return Ar().wrap(o(function(f){for(;;)switch(f.prev=f.next){case 0:if(typeof n.onBeforeRequest!="function"){f.next=
3;break}return f.next=3,n.onBeforeRequest(t);case 3:return f.next=5,t.send(r);case 5:if(i=f.sent,typeof n.onAfterResponse!="function"){f.next=9;break}return f.next=
9,n.onAfterResponse(t,i);case 9:return f.abrupt("return",i);case 10:case"end":return f.stop()}},"_callee$"),e)},"_callee"))),kr.apply(this,arguments)}o(kr,"_sen\
dRequest2");function Du(){var e=!0;return typeof navigator<"u"&&navigator.onLine===!1&&(e=!1),e}o(Du,"isOnline");function uo(e,t,r){return r.retryDelays==null||
t>=r.retryDelays.length||e.originalRequest==null?!1:r&&typeof r.onShouldRetry=="function"?r.onShouldRetry(e,t,r):ho(e)}o(uo,"shouldRetry");function ho(e){var t=e.
originalResponse?e.originalResponse.getStatus():0;return(!Ae(t,400)||t===409||t===423)&&Du()}o(ho,"defaultOnShouldRetry");function fo(e,t){return new Pu.default(
t,e).toString()}o(fo,"resolveUrl");function Nu(e,t){for(var r=Math.floor(e/t),n=[],i=0;i<t;i++)n.push({start:r*i,end:r*(i+1)});return n[t-1].end=e,n}o(Nu,"split\
SizeIntoParts");po.defaultOptions=Fu;var id=It.default=po});var mo=L((fd,vo)=>{"use strict";var ee=o(e=>e!==null&&typeof e=="object"&&typeof e.pipe=="function","isStream");ee.writable=e=>ee(e)&&e.writable!==!1&&typeof e.
_write=="function"&&typeof e._writableState=="object";ee.readable=e=>ee(e)&&e.readable!==!1&&typeof e._read=="function"&&typeof e._readableState=="object";ee.duplex=
e=>ee.writable(e)&&ee.readable(e);ee.transform=e=>ee.duplex(e)&&typeof e._transform=="function";vo.exports=ee});var _o=L(At=>{"use strict";Object.defineProperty(At,"__esModule",{value:!0});At.default=void 0;function it(e){"@babel/helpers - typeof";return it=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},it(e)}o(it,"_typeof");function qu(e,t){if(!(e instanceof t))throw new TypeError("Cannot call a class as a function")}o(qu,"_classCallCheck");
function go(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,Gu(
n.key),n)}}o(go,"_defineProperties");function Mu(e,t,r){return t&&go(e.prototype,t),r&&go(e,r),Object.defineProperty(e,"prototype",{writable:!1}),e}o(Mu,"_creat\
eClass");function Gu(e){var t=Hu(e,"string");return it(t)=="symbol"?t:t+""}o(Gu,"_toPropertyKey");function Hu(e,t){if(it(e)!="object"||!e)return e;var r=e[Symbol.
toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(it(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive value.")}return(t===
"string"?String:Number)(e)}o(Hu,"_toPrimitive");var sd=At.default=(function(){function e(t){qu(this,e),this._buffer=t,this.size=t.length}return o(e,"BufferSourc\
e"),Mu(e,[{key:"slice",value:o(function(r,n){var i=this._buffer.slice(r,n);i.size=i.length;var a=n>=this.size;return Promise.resolve({value:i,done:a})},"slice")},
{key:"close",value:o(function(){},"close")}])})()});var Oo=L(qr=>{"use strict";Object.defineProperty(qr,"__esModule",{value:!0});qr.default=Yu;var So=require("fs");function se(e){"@babel/helpers - typeof";return se=
typeof Symbol=="function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&
t!==Symbol.prototype?"symbol":typeof t},se(e)}o(se,"_typeof");function Dr(){"use strict";Dr=o(function(){return t},"_regeneratorRuntime");var e,t={},r=Object.prototype,
n=r.hasOwnProperty,i=Object.defineProperty||function(s,u,l){s[u]=l.value},a=typeof Symbol=="function"?Symbol:{},f=a.iterator||"@@iterator",c=a.asyncIterator||"@\
@asyncIterator",p=a.toStringTag||"@@toStringTag";function y(s,u,l){return Object.defineProperty(s,u,{value:l,enumerable:!0,configurable:!0,writable:!0}),s[u]}o(
y,"define");try{y({},"")}catch{y=o(function(l,d,_){return l[d]=_},"define")}function h(s,u,l,d){var _=u&&u.prototype instanceof j?u:j,g=Object.create(_.prototype),
m=new M(d||[]);return i(g,"_invoke",{value:k(s,l,m)}),g}o(h,"wrap");function v(s,u,l){try{return{type:"normal",arg:s.call(u,l)}}catch(d){return{type:"throw",arg:d}}}
o(v,"tryCatch"),t.wrap=h;var w="suspendedStart",S="suspendedYield",E="executing",T="completed",O={};function j(){}o(j,"Generator");function R(){}o(R,"GeneratorF\
unction");function U(){}o(U,"GeneratorFunctionPrototype");var N={};y(N,f,function(){return this});var W=Object.getPrototypeOf,F=W&&W(W(I([])));F&&F!==r&&n.call(
F,f)&&(N=F);var q=U.prototype=j.prototype=Object.create(N);function Y(s){["next","throw","return"].forEach(function(u){y(s,u,function(l){return this._invoke(u,l)})})}
o(Y,"defineIteratorMethods");function P(s,u){function l(_,g,m,b){var x=v(s[_],s,g);if(x.type!=="throw"){var D=x.arg,A=D.value;return A&&se(A)=="object"&&n.call(
A,"__await")?u.resolve(A.__await).then(function(G){l("next",G,m,b)},function(G){l("throw",G,m,b)}):u.resolve(A).then(function(G){D.value=G,m(D)},function(G){return l(
"throw",G,m,b)})}b(x.arg)}o(l,"invoke");var d;i(this,"_invoke",{value:o(function(g,m){function b(){return new u(function(x,D){l(g,m,x,D)})}return o(b,"callInvok\
eWithMethodAndArg"),d=d?d.then(b,b):b()},"value")})}o(P,"AsyncIterator");function k(s,u,l){var d=w;return function(_,g){if(d===E)throw Error("Generator is alrea\
dy running");if(d===T){if(_==="throw")throw g;return{value:e,done:!0}}for(l.method=_,l.arg=g;;){var m=l.delegate;if(m){var b=C(m,l);if(b){if(b===O)continue;return b}}
if(l.method==="next")l.sent=l._sent=l.arg;else if(l.method==="throw"){if(d===w)throw d=T,l.arg;l.dispatchException(l.arg)}else l.method==="return"&&l.abrupt("re\
turn",l.arg);d=E;var x=v(s,u,l);if(x.type==="normal"){if(d=l.done?T:S,x.arg===O)continue;return{value:x.arg,done:l.done}}x.type==="throw"&&(d=T,l.method="throw",
l.arg=x.arg)}}}o(k,"makeInvokeMethod");function C(s,u){var l=u.method,d=s.iterator[l];if(d===e)return u.delegate=null,l==="throw"&&s.iterator.return&&(u.method=
"return",u.arg=e,C(s,u),u.method==="throw")||l!=="return"&&(u.method="throw",u.arg=new TypeError("The iterator does not provide a '"+l+"' method")),O;var _=v(d,
s.iterator,u.arg);if(_.type==="throw")return u.method="throw",u.arg=_.arg,u.delegate=null,O;var g=_.arg;return g?g.done?(u[s.resultName]=g.value,u.next=s.nextLoc,
u.method!=="return"&&(u.method="next",u.arg=e),u.delegate=null,O):g:(u.method="throw",u.arg=new TypeError("iterator result is not an object"),u.delegate=null,O)}
o(C,"maybeInvokeDelegate");function B(s){var u={tryLoc:s[0]};1 in s&&(u.catchLoc=s[1]),2 in s&&(u.finallyLoc=s[2],u.afterLoc=s[3]),this.tryEntries.push(u)}o(B,"\
pushTryEntry");function H(s){var u=s.completion||{};u.type="normal",delete u.arg,s.completion=u}o(H,"resetTryEntry");function M(s){this.tryEntries=[{tryLoc:"roo\
t"}],s.forEach(B,this),this.reset(!0)}o(M,"Context");function I(s){if(s||s===""){var u=s[f];if(u)return u.call(s);if(typeof s.next=="function")return s;if(!isNaN(
s.length)){var l=-1,d=o(function _(){for(;++l<s.length;)if(n.call(s,l))return _.value=s[l],_.done=!1,_;return _.value=e,_.done=!0,_},"next");return d.next=d}}throw new TypeError(
se(s)+" is not iterable")}return o(I,"values"),R.prototype=U,i(q,"constructor",{value:U,configurable:!0}),i(U,"constructor",{value:R,configurable:!0}),R.displayName=
y(U,p,"GeneratorFunction"),t.isGeneratorFunction=function(s){var u=typeof s=="function"&&s.constructor;return!!u&&(u===R||(u.displayName||u.name)==="GeneratorFu\
nction")},t.mark=function(s){return Object.setPrototypeOf?Object.setPrototypeOf(s,U):(s.__proto__=U,y(s,p,"GeneratorFunction")),s.prototype=Object.create(q),s},
t.awrap=function(s){return{__await:s}},Y(P.prototype),y(P.prototype,c,function(){return this}),t.AsyncIterator=P,t.async=function(s,u,l,d,_){_===void 0&&(_=Promise);
var g=new P(h(s,u,l,d),_);return t.isGeneratorFunction(u)?g:g.next().then(function(m){return m.done?m.value:g.next()})},Y(q),y(q,p,"Generator"),y(q,f,function(){
return this}),y(q,"toString",function(){return"[object Generator]"}),t.keys=function(s){var u=Object(s),l=[];for(var d in u)l.push(d);return l.reverse(),o(function _(){
for(;l.length;){var g=l.pop();if(g in u)return _.value=g,_.done=!1,_}return _.done=!0,_},"next")},t.values=I,M.prototype={constructor:M,reset:o(function(u){if(this.
prev=0,this.next=0,this.sent=this._sent=e,this.done=!1,this.delegate=null,this.method="next",this.arg=e,this.tryEntries.forEach(H),!u)for(var l in this)l.charAt(
0)==="t"&&n.call(this,l)&&!isNaN(+l.slice(1))&&(this[l]=e)},"reset"),stop:o(function(){this.done=!0;var u=this.tryEntries[0].completion;if(u.type==="throw")throw u.
arg;return this.rval},"stop"),dispatchException:o(function(u){if(this.done)throw u;var l=this;function d(D,A){return m.type="throw",m.arg=u,l.next=D,A&&(l.method=
"next",l.arg=e),!!A}o(d,"handle");for(var _=this.tryEntries.length-1;_>=0;--_){var g=this.tryEntries[_],m=g.completion;if(g.tryLoc==="root")return d("end");if(g.
tryLoc<=this.prev){var b=n.call(g,"catchLoc"),x=n.call(g,"finallyLoc");if(b&&x){if(this.prev<g.catchLoc)return d(g.catchLoc,!0);if(this.prev<g.finallyLoc)return d(
g.finallyLoc)}else if(b){if(this.prev<g.catchLoc)return d(g.catchLoc,!0)}else{if(!x)throw Error("try statement without catch or finally");if(this.prev<g.finallyLoc)
return d(g.finallyLoc)}}}},"dispatchException"),abrupt:o(function(u,l){for(var d=this.tryEntries.length-1;d>=0;--d){var _=this.tryEntries[d];if(_.tryLoc<=this.prev&&
n.call(_,"finallyLoc")&&this.prev<_.finallyLoc){var g=_;break}}g&&(u==="break"||u==="continue")&&g.tryLoc<=l&&l<=g.finallyLoc&&(g=null);var m=g?g.completion:{};
return m.type=u,m.arg=l,g?(this.method="next",this.next=g.finallyLoc,O):this.complete(m)},"abrupt"),complete:o(function(u,l){if(u.type==="throw")throw u.arg;return u.
type==="break"||u.type==="continue"?this.next=u.arg:u.type==="return"?(this.rval=this.arg=u.arg,this.method="return",this.next="end"):u.type==="normal"&&l&&(this.
next=l),O},"complete"),finish:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.finallyLoc===u)return this.complete(d.completion,
d.afterLoc),H(d),O}},"finish"),catch:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.tryLoc===u){var _=d.completion;if(_.
type==="throw"){var g=_.arg;H(d)}return g}}throw Error("illegal catch attempt")},"_catch"),delegateYield:o(function(u,l,d){return this.delegate={iterator:I(u),resultName:l,
nextLoc:d},this.method==="next"&&(this.arg=e),O},"delegateYield")},t}o(Dr,"_regeneratorRuntime");function Bu(e,t){if(!(e instanceof t))throw new TypeError("Cann\
ot call a class as a function")}o(Bu,"_classCallCheck");function bo(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,
"value"in n&&(n.writable=!0),Object.defineProperty(e,$u(n.key),n)}}o(bo,"_defineProperties");function zu(e,t,r){return t&&bo(e.prototype,t),r&&bo(e,r),Object.defineProperty(
e,"prototype",{writable:!1}),e}o(zu,"_createClass");function $u(e){var t=Wu(e,"string");return se(t)=="symbol"?t:t+""}o($u,"_toPropertyKey");function Wu(e,t){if(se(
e)!="object"||!e)return e;var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(se(n)!="object")return n;throw new TypeError("@@toPrimitive\
 must return a primitive value.")}return(t==="string"?String:Number)(e)}o(Wu,"_toPrimitive");function wo(e,t,r,n,i,a,f){try{var c=e[a](f),p=c.value}catch(y){r(y);
return}c.done?t(p):Promise.resolve(p).then(n,i)}o(wo,"asyncGeneratorStep");function Ku(e){return function(){var t=this,r=arguments;return new Promise(function(n,i){
var a=e.apply(t,r);function f(p){wo(a,n,i,f,c,"next",p)}o(f,"_next");function c(p){wo(a,n,i,f,c,"throw",p)}o(c,"_throw"),f(void 0)})}}o(Ku,"_asyncToGenerator");
function Yu(e){return Nr.apply(this,arguments)}o(Yu,"getFileSource");function Nr(){return Nr=Ku(Dr().mark(o(function e(t){var r,n,i,a,f,c,p;return Dr().wrap(o(function(h){
for(;;)switch(h.prev=h.next){case 0:return n=t.path.toString(),h.next=3,So.promises.stat(n);case 3:return i=h.sent,a=i.size,f=(r=t.start)!==null&&r!==void 0?r:0,
c=Number.isFinite(t.end)?t.end+1:a,p=c-f,h.abrupt("return",new Zu(t,n,p));case 9:case"end":return h.stop()}},"_callee$"),e)},"_callee"))),Nr.apply(this,arguments)}
o(Nr,"_getFileSource");var Zu=(function(){function e(t,r,n){Bu(this,e),this._stream=t,this._path=r,this.size=n}return o(e,"FileSource"),zu(e,[{key:"slice",value:o(
function(r,n){var i,a=(i=this._stream.start)!==null&&i!==void 0?i:0,f=(0,So.createReadStream)(this._path,{start:a+r,end:a+n-1,autoClose:!0});f.size=Math.min(n-r,
this.size);var c=f.size>=this.size;return Promise.resolve({value:f,done:c})},"slice")},{key:"close",value:o(function(){this._stream.destroy()},"close")}])})()});var Gr=L(kt=>{"use strict";Object.defineProperty(kt,"__esModule",{value:!0});kt.default=void 0;function ce(e){"@babel/helpers - typeof";return ce=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},ce(e)}o(ce,"_typeof");function at(){"use strict";at=o(function(){return t},"_regeneratorRuntime");var e,t={},r=Object.prototype,n=r.hasOwnProperty,
i=Object.defineProperty||function(s,u,l){s[u]=l.value},a=typeof Symbol=="function"?Symbol:{},f=a.iterator||"@@iterator",c=a.asyncIterator||"@@asyncIterator",p=a.
toStringTag||"@@toStringTag";function y(s,u,l){return Object.defineProperty(s,u,{value:l,enumerable:!0,configurable:!0,writable:!0}),s[u]}o(y,"define");try{y({},
"")}catch{y=o(function(l,d,_){return l[d]=_},"define")}function h(s,u,l,d){var _=u&&u.prototype instanceof j?u:j,g=Object.create(_.prototype),m=new M(d||[]);return i(
g,"_invoke",{value:k(s,l,m)}),g}o(h,"wrap");function v(s,u,l){try{return{type:"normal",arg:s.call(u,l)}}catch(d){return{type:"throw",arg:d}}}o(v,"tryCatch"),t.wrap=
h;var w="suspendedStart",S="suspendedYield",E="executing",T="completed",O={};function j(){}o(j,"Generator");function R(){}o(R,"GeneratorFunction");function U(){}
o(U,"GeneratorFunctionPrototype");var N={};y(N,f,function(){return this});var W=Object.getPrototypeOf,F=W&&W(W(I([])));F&&F!==r&&n.call(F,f)&&(N=F);var q=U.prototype=
j.prototype=Object.create(N);function Y(s){["next","throw","return"].forEach(function(u){y(s,u,function(l){return this._invoke(u,l)})})}o(Y,"defineIteratorMetho\
ds");function P(s,u){function l(_,g,m,b){var x=v(s[_],s,g);if(x.type!=="throw"){var D=x.arg,A=D.value;return A&&ce(A)=="object"&&n.call(A,"__await")?u.resolve(A.
__await).then(function(G){l("next",G,m,b)},function(G){l("throw",G,m,b)}):u.resolve(A).then(function(G){D.value=G,m(D)},function(G){return l("throw",G,m,b)})}b(
x.arg)}o(l,"invoke");var d;i(this,"_invoke",{value:o(function(g,m){function b(){return new u(function(x,D){l(g,m,x,D)})}return o(b,"callInvokeWithMethodAndArg"),
d=d?d.then(b,b):b()},"value")})}o(P,"AsyncIterator");function k(s,u,l){var d=w;return function(_,g){if(d===E)throw Error("Generator is already running");if(d===
T){if(_==="throw")throw g;return{value:e,done:!0}}for(l.method=_,l.arg=g;;){var m=l.delegate;if(m){var b=C(m,l);if(b){if(b===O)continue;return b}}if(l.method===
"next")l.sent=l._sent=l.arg;else if(l.method==="throw"){if(d===w)throw d=T,l.arg;l.dispatchException(l.arg)}else l.method==="return"&&l.abrupt("return",l.arg);d=
E;var x=v(s,u,l);if(x.type==="normal"){if(d=l.done?T:S,x.arg===O)continue;return{value:x.arg,done:l.done}}x.type==="throw"&&(d=T,l.method="throw",l.arg=x.arg)}}}
o(k,"makeInvokeMethod");function C(s,u){var l=u.method,d=s.iterator[l];if(d===e)return u.delegate=null,l==="throw"&&s.iterator.return&&(u.method="return",u.arg=
e,C(s,u),u.method==="throw")||l!=="return"&&(u.method="throw",u.arg=new TypeError("The iterator does not provide a '"+l+"' method")),O;var _=v(d,s.iterator,u.arg);
if(_.type==="throw")return u.method="throw",u.arg=_.arg,u.delegate=null,O;var g=_.arg;return g?g.done?(u[s.resultName]=g.value,u.next=s.nextLoc,u.method!=="retu\
rn"&&(u.method="next",u.arg=e),u.delegate=null,O):g:(u.method="throw",u.arg=new TypeError("iterator result is not an object"),u.delegate=null,O)}o(C,"maybeInvok\
eDelegate");function B(s){var u={tryLoc:s[0]};1 in s&&(u.catchLoc=s[1]),2 in s&&(u.finallyLoc=s[2],u.afterLoc=s[3]),this.tryEntries.push(u)}o(B,"pushTryEntry");
function H(s){var u=s.completion||{};u.type="normal",delete u.arg,s.completion=u}o(H,"resetTryEntry");function M(s){this.tryEntries=[{tryLoc:"root"}],s.forEach(
B,this),this.reset(!0)}o(M,"Context");function I(s){if(s||s===""){var u=s[f];if(u)return u.call(s);if(typeof s.next=="function")return s;if(!isNaN(s.length)){var l=-1,
d=o(function _(){for(;++l<s.length;)if(n.call(s,l))return _.value=s[l],_.done=!1,_;return _.value=e,_.done=!0,_},"next");return d.next=d}}throw new TypeError(ce(
s)+" is not iterable")}return o(I,"values"),R.prototype=U,i(q,"constructor",{value:U,configurable:!0}),i(U,"constructor",{value:R,configurable:!0}),R.displayName=
y(U,p,"GeneratorFunction"),t.isGeneratorFunction=function(s){var u=typeof s=="function"&&s.constructor;return!!u&&(u===R||(u.displayName||u.name)==="GeneratorFu\
nction")},t.mark=function(s){return Object.setPrototypeOf?Object.setPrototypeOf(s,U):(s.__proto__=U,y(s,p,"GeneratorFunction")),s.prototype=Object.create(q),s},
t.awrap=function(s){return{__await:s}},Y(P.prototype),y(P.prototype,c,function(){return this}),t.AsyncIterator=P,t.async=function(s,u,l,d,_){_===void 0&&(_=Promise);
var g=new P(h(s,u,l,d),_);return t.isGeneratorFunction(u)?g:g.next().then(function(m){return m.done?m.value:g.next()})},Y(q),y(q,p,"Generator"),y(q,f,function(){
return this}),y(q,"toString",function(){return"[object Generator]"}),t.keys=function(s){var u=Object(s),l=[];for(var d in u)l.push(d);return l.reverse(),o(function _(){
for(;l.length;){var g=l.pop();if(g in u)return _.value=g,_.done=!1,_}return _.done=!0,_},"next")},t.values=I,M.prototype={constructor:M,reset:o(function(u){if(this.
prev=0,this.next=0,this.sent=this._sent=e,this.done=!1,this.delegate=null,this.method="next",this.arg=e,this.tryEntries.forEach(H),!u)for(var l in this)l.charAt(
0)==="t"&&n.call(this,l)&&!isNaN(+l.slice(1))&&(this[l]=e)},"reset"),stop:o(function(){this.done=!0;var u=this.tryEntries[0].completion;if(u.type==="throw")throw u.
arg;return this.rval},"stop"),dispatchException:o(function(u){if(this.done)throw u;var l=this;function d(D,A){return m.type="throw",m.arg=u,l.next=D,A&&(l.method=
"next",l.arg=e),!!A}o(d,"handle");for(var _=this.tryEntries.length-1;_>=0;--_){var g=this.tryEntries[_],m=g.completion;if(g.tryLoc==="root")return d("end");if(g.
tryLoc<=this.prev){var b=n.call(g,"catchLoc"),x=n.call(g,"finallyLoc");if(b&&x){if(this.prev<g.catchLoc)return d(g.catchLoc,!0);if(this.prev<g.finallyLoc)return d(
g.finallyLoc)}else if(b){if(this.prev<g.catchLoc)return d(g.catchLoc,!0)}else{if(!x)throw Error("try statement without catch or finally");if(this.prev<g.finallyLoc)
return d(g.finallyLoc)}}}},"dispatchException"),abrupt:o(function(u,l){for(var d=this.tryEntries.length-1;d>=0;--d){var _=this.tryEntries[d];if(_.tryLoc<=this.prev&&
n.call(_,"finallyLoc")&&this.prev<_.finallyLoc){var g=_;break}}g&&(u==="break"||u==="continue")&&g.tryLoc<=l&&l<=g.finallyLoc&&(g=null);var m=g?g.completion:{};
return m.type=u,m.arg=l,g?(this.method="next",this.next=g.finallyLoc,O):this.complete(m)},"abrupt"),complete:o(function(u,l){if(u.type==="throw")throw u.arg;return u.
type==="break"||u.type==="continue"?this.next=u.arg:u.type==="return"?(this.rval=this.arg=u.arg,this.method="return",this.next="end"):u.type==="normal"&&l&&(this.
next=l),O},"complete"),finish:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.finallyLoc===u)return this.complete(d.completion,
d.afterLoc),H(d),O}},"finish"),catch:o(function(u){for(var l=this.tryEntries.length-1;l>=0;--l){var d=this.tryEntries[l];if(d.tryLoc===u){var _=d.completion;if(_.
type==="throw"){var g=_.arg;H(d)}return g}}throw Error("illegal catch attempt")},"_catch"),delegateYield:o(function(u,l,d){return this.delegate={iterator:I(u),resultName:l,
nextLoc:d},this.method==="next"&&(this.arg=e),O},"delegateYield")},t}o(at,"_regeneratorRuntime");function Xu(e,t){if(!(e instanceof t))throw new TypeError("Cann\
ot call a class as a function")}o(Xu,"_classCallCheck");function Eo(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,
"value"in n&&(n.writable=!0),Object.defineProperty(e,Ju(n.key),n)}}o(Eo,"_defineProperties");function Qu(e,t,r){return t&&Eo(e.prototype,t),r&&Eo(e,r),Object.defineProperty(
e,"prototype",{writable:!1}),e}o(Qu,"_createClass");function Ju(e){var t=Vu(e,"string");return ce(t)=="symbol"?t:t+""}o(Ju,"_toPropertyKey");function Vu(e,t){if(ce(
e)!="object"||!e)return e;var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(ce(n)!="object")return n;throw new TypeError("@@toPrimitive\
 must return a primitive value.")}return(t==="string"?String:Number)(e)}o(Vu,"_toPrimitive");function Po(e,t,r,n,i,a,f){try{var c=e[a](f),p=c.value}catch(y){r(y);
return}c.done?t(p):Promise.resolve(p).then(n,i)}o(Po,"asyncGeneratorStep");function xo(e){return function(){var t=this,r=arguments;return new Promise(function(n,i){
var a=e.apply(t,r);function f(p){Po(a,n,i,f,c,"next",p)}o(f,"_next");function c(p){Po(a,n,i,f,c,"throw",p)}o(c,"_throw"),f(void 0)})}}o(xo,"_asyncToGenerator");
function ef(e,t){return Mr.apply(this,arguments)}o(ef,"readChunk");function Mr(){return Mr=xo(at().mark(o(function e(t,r){return at().wrap(o(function(i){for(;;)
switch(i.prev=i.next){case 0:return i.abrupt("return",new Promise(function(a,f){var c=o(function(h){t.off("readable",p),f(h)},"onError"),p=o(function y(){var h=t.
read(r);h!==null&&(t.off("error",c),t.off("readable",y),a(h))},"onReadable");t.once("error",c),t.on("readable",p)}));case 1:case"end":return i.stop()}},"_callee\
2$"),e)},"_callee2"))),Mr.apply(this,arguments)}o(Mr,"_readChunk");var yd=kt.default=(function(){function e(t){var r=this;Xu(this,e),this._stream=t,this.size=null,
this._buf=Buffer.alloc(0),this._bufPos=0,this._ended=!1,this._error=null,t.pause(),t.on("end",function(){r._ended=!0}),t.on("error",function(n){r._error=n})}return o(
e,"StreamSource"),Qu(e,[{key:"slice",value:(function(){var t=xo(at().mark(o(function n(i,a){var f,c,p,y,h;return at().wrap(o(function(w){for(;;)switch(w.prev=w.
next){case 0:if(!(i<this._bufPos)){w.next=2;break}throw new Error("cannot slice from position which we already seeked away");case 2:if(!(i>this._bufPos+this._buf.
length)){w.next=4;break}throw new Error("slice start is outside of buffer (currently not implemented)");case 4:if(!this._error){w.next=6;break}throw this._error;case 6:
if(i<this._bufPos+this._buf.length?(c=i-this._bufPos,p=Math.min(this._buf.length,a-this._bufPos),f=this._buf.slice(c,p)):f=Buffer.alloc(0),!this._ended){w.next=
10;break}return f.size=f.length,w.abrupt("return",{value:f,done:!0});case 10:if(y=a-i,!(y>f.length)){w.next=16;break}return w.next=14,ef(this._stream,y-f.length);case 14:
h=w.sent,f=Buffer.concat([f,h]);case 16:return this._buf=f,this._bufPos=i,f.size=f.length,w.abrupt("return",{value:f,done:this._ended});case 20:case"end":return w.
stop()}},"_callee$"),n,this)},"_callee")));function r(n,i){return t.apply(this,arguments)}return o(r,"slice"),r})()},{key:"close",value:o(function(){this._stream.
destroy()},"close")}])})()});var jo=L(Dt=>{"use strict";Object.defineProperty(Dt,"__esModule",{value:!0});Dt.default=void 0;var tf=require("fs"),rf=Ft(mo()),nf=Ft(_o()),of=Ft(Oo()),af=Ft(Gr());
function Ft(e){return e&&e.__esModule?e:{default:e}}o(Ft,"_interopRequireDefault");function ut(e){"@babel/helpers - typeof";return ut=typeof Symbol=="function"&&
typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?"sym\
bol":typeof t},ut(e)}o(ut,"_typeof");function uf(e,t){if(!(e instanceof t))throw new TypeError("Cannot call a class as a function")}o(uf,"_classCallCheck");function To(e,t){
for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,lf(n.key),n)}}o(To,"\
_defineProperties");function ff(e,t,r){return t&&To(e.prototype,t),r&&To(e,r),Object.defineProperty(e,"prototype",{writable:!1}),e}o(ff,"_createClass");function lf(e){
var t=sf(e,"string");return ut(t)=="symbol"?t:t+""}o(lf,"_toPropertyKey");function sf(e,t){if(ut(e)!="object"||!e)return e;var r=e[Symbol.toPrimitive];if(r!==void 0){
var n=r.call(e,t||"default");if(ut(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive value.")}return(t==="string"?String:Number)(
e)}o(sf,"_toPrimitive");var gd=Dt.default=(function(){function e(){uf(this,e)}return o(e,"FileReader"),ff(e,[{key:"openFile",value:o(function(r,n){return Buffer.
isBuffer(r)?Promise.resolve(new nf.default(r)):r instanceof tf.ReadStream&&r.path!=null?(0,of.default)(r):rf.default.readable(r)?(n=Number(n),Number.isFinite(n)?
Promise.resolve(new af.default(r)):Promise.reject(new Error("cannot create source for stream without a finite value for the `chunkSize` option; specify a chunkS\
ize to control the memory consumption"))):Promise.reject(new Error("source object may only be an instance of Buffer or Readable in this environment"))},"openFil\
e")}])})()});var Lo=L(Hr=>{"use strict";Object.defineProperty(Hr,"__esModule",{value:!0});Hr.default=hf;var cf=require("crypto"),Uo=Co(require("fs")),pf=Co(require("path"));
function Ro(e){if(typeof WeakMap!="function")return null;var t=new WeakMap,r=new WeakMap;return(Ro=o(function(n){return n?r:t},"_getRequireWildcardCache"))(e)}o(
Ro,"_getRequireWildcardCache");function Co(e,t){if(!t&&e&&e.__esModule)return e;if(e===null||typeof e!="object"&&typeof e!="function")return{default:e};var r=Ro(
t);if(r&&r.has(e))return r.get(e);var n={__proto__:null},i=Object.defineProperty&&Object.getOwnPropertyDescriptor;for(var a in e)if(a!=="default"&&{}.hasOwnProperty.
call(e,a)){var f=i?Object.getOwnPropertyDescriptor(e,a):null;f&&(f.get||f.set)?Object.defineProperty(n,a,f):n[a]=e[a]}return n.default=e,r&&r.set(e,n),n}o(Co,"_\
interopRequireWildcard");function hf(e,t){if(Buffer.isBuffer(e)){var r=65536,n=e.slice(0,Math.min(r,e.length)),i=(0,cf.createHash)("md5").update(n).digest("hex"),
a=["node-buffer",i,e.length,t.endpoint].join("-");return Promise.resolve(a)}return e instanceof Uo.ReadStream&&e.path!=null?new Promise(function(f,c){var p=pf.resolve(
e.path);Uo.stat(e.path,function(y,h){if(y){c(y);return}var v=["node-file",p,h.size,h.mtime.getTime(),t.endpoint].join("-");f(v)})}):Promise.resolve(null)}o(hf,"\
fingerprint")});var Do=L((Od,Fo)=>{var ko="Expected a function",Io=NaN,df="[object Symbol]",yf=/^\s+|\s+$/g,vf=/^[-+]0x[0-9a-f]+$/i,mf=/^0b[01]+$/i,gf=/^0o[0-7]+$/i,_f=parseInt,
bf=typeof global=="object"&&global&&global.Object===Object&&global,wf=typeof self=="object"&&self&&self.Object===Object&&self,Sf=bf||wf||Function("return this")(),
Of=Object.prototype,Ef=Of.toString,Pf=Math.max,xf=Math.min,Br=o(function(){return Sf.Date.now()},"now");function Tf(e,t,r){var n,i,a,f,c,p,y=0,h=!1,v=!1,w=!0;if(typeof e!=
"function")throw new TypeError(ko);t=Ao(t)||0,Nt(r)&&(h=!!r.leading,v="maxWait"in r,a=v?Pf(Ao(r.maxWait)||0,t):a,w="trailing"in r?!!r.trailing:w);function S(F){
var q=n,Y=i;return n=i=void 0,y=F,f=e.apply(Y,q),f}o(S,"invokeFunc");function E(F){return y=F,c=setTimeout(j,t),h?S(F):f}o(E,"leadingEdge");function T(F){var q=F-
p,Y=F-y,P=t-q;return v?xf(P,a-Y):P}o(T,"remainingWait");function O(F){var q=F-p,Y=F-y;return p===void 0||q>=t||q<0||v&&Y>=a}o(O,"shouldInvoke");function j(){var F=Br();
if(O(F))return R(F);c=setTimeout(j,T(F))}o(j,"timerExpired");function R(F){return c=void 0,w&&n?S(F):(n=i=void 0,f)}o(R,"trailingEdge");function U(){c!==void 0&&
clearTimeout(c),y=0,n=p=i=c=void 0}o(U,"cancel");function N(){return c===void 0?f:R(Br())}o(N,"flush");function W(){var F=Br(),q=O(F);if(n=arguments,i=this,p=F,
q){if(c===void 0)return E(p);if(v)return c=setTimeout(j,t),S(p)}return c===void 0&&(c=setTimeout(j,t)),f}return o(W,"debounced"),W.cancel=U,W.flush=N,W}o(Tf,"de\
bounce");function jf(e,t,r){var n=!0,i=!0;if(typeof e!="function")throw new TypeError(ko);return Nt(r)&&(n="leading"in r?!!r.leading:n,i="trailing"in r?!!r.trailing:
i),Tf(e,t,{leading:n,maxWait:t,trailing:i})}o(jf,"throttle");function Nt(e){var t=typeof e;return!!e&&(t=="object"||t=="function")}o(Nt,"isObject");function Uf(e){
return!!e&&typeof e=="object"}o(Uf,"isObjectLike");function Rf(e){return typeof e=="symbol"||Uf(e)&&Ef.call(e)==df}o(Rf,"isSymbol");function Ao(e){if(typeof e==
"number")return e;if(Rf(e))return Io;if(Nt(e)){var t=typeof e.valueOf=="function"?e.valueOf():e;e=Nt(t)?t+"":t}if(typeof e!="string")return e===0?e:+e;e=e.replace(
yf,"");var r=mf.test(e);return r||gf.test(e)?_f(e.slice(2),r?2:8):vf.test(e)?Io:+e}o(Ao,"toNumber");Fo.exports=jf});var Wo=L(Ht=>{"use strict";Object.defineProperty(Ht,"__esModule",{value:!0});Ht.default=void 0;var Cf=Bo(require("http")),Lf=Bo(require("https")),Mo=require("stream"),
If=require("url"),Go=Af(Do());function Af(e){return e&&e.__esModule?e:{default:e}}o(Af,"_interopRequireDefault");function Ho(e){if(typeof WeakMap!="function")return null;
var t=new WeakMap,r=new WeakMap;return(Ho=o(function(n){return n?r:t},"_getRequireWildcardCache"))(e)}o(Ho,"_getRequireWildcardCache");function Bo(e,t){if(!t&&e&&
e.__esModule)return e;if(e===null||typeof e!="object"&&typeof e!="function")return{default:e};var r=Ho(t);if(r&&r.has(e))return r.get(e);var n={__proto__:null},
i=Object.defineProperty&&Object.getOwnPropertyDescriptor;for(var a in e)if(a!=="default"&&{}.hasOwnProperty.call(e,a)){var f=i?Object.getOwnPropertyDescriptor(e,
a):null;f&&(f.get||f.set)?Object.defineProperty(n,a,f):n[a]=e[a]}return n.default=e,r&&r.set(e,n),n}o(Bo,"_interopRequireWildcard");function kf(e,t,r){return t=
qt(t),Ff(e,zo()?Reflect.construct(t,r||[],qt(e).constructor):t.apply(e,r))}o(kf,"_callSuper");function Ff(e,t){if(t&&(ke(t)==="object"||typeof t=="function"))return t;
if(t!==void 0)throw new TypeError("Derived constructors may only return object or undefined");return Df(e)}o(Ff,"_possibleConstructorReturn");function Df(e){if(e===
void 0)throw new ReferenceError("this hasn't been initialised - super() hasn't been called");return e}o(Df,"_assertThisInitialized");function zo(){try{var e=!Boolean.
prototype.valueOf.call(Reflect.construct(Boolean,[],function(){}))}catch{}return(zo=o(function(){return!!e},"_isNativeReflectConstruct"))()}o(zo,"_isNativeRefle\
ctConstruct");function qt(e){return qt=Object.setPrototypeOf?Object.getPrototypeOf.bind():o(function(r){return r.__proto__||Object.getPrototypeOf(r)},"_getProto\
typeOf"),qt(e)}o(qt,"_getPrototypeOf");function Nf(e,t){if(typeof t!="function"&&t!==null)throw new TypeError("Super expression must either be null or a functio\
n");e.prototype=Object.create(t&&t.prototype,{constructor:{value:e,writable:!0,configurable:!0}}),Object.defineProperty(e,"prototype",{writable:!1}),t&&zr(e,t)}
o(Nf,"_inherits");function zr(e,t){return zr=Object.setPrototypeOf?Object.setPrototypeOf.bind():o(function(n,i){return n.__proto__=i,n},"_setPrototypeOf"),zr(e,
t)}o(zr,"_setPrototypeOf");function No(e,t){var r=Object.keys(e);if(Object.getOwnPropertySymbols){var n=Object.getOwnPropertySymbols(e);t&&(n=n.filter(function(i){
return Object.getOwnPropertyDescriptor(e,i).enumerable})),r.push.apply(r,n)}return r}o(No,"ownKeys");function ft(e){for(var t=1;t<arguments.length;t++){var r=arguments[t]!=
null?arguments[t]:{};t%2?No(Object(r),!0).forEach(function(n){qf(e,n,r[n])}):Object.getOwnPropertyDescriptors?Object.defineProperties(e,Object.getOwnPropertyDescriptors(
r)):No(Object(r)).forEach(function(n){Object.defineProperty(e,n,Object.getOwnPropertyDescriptor(r,n))})}return e}o(ft,"_objectSpread");function qf(e,t,r){return t=
$o(t),t in e?Object.defineProperty(e,t,{value:r,enumerable:!0,configurable:!0,writable:!0}):e[t]=r,e}o(qf,"_defineProperty");function ke(e){"@babel/helpers - ty\
peof";return ke=typeof Symbol=="function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===
Symbol&&t!==Symbol.prototype?"symbol":typeof t},ke(e)}o(ke,"_typeof");function Mt(e,t){if(!(e instanceof t))throw new TypeError("Cannot call a class as a functi\
on")}o(Mt,"_classCallCheck");function qo(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),
Object.defineProperty(e,$o(n.key),n)}}o(qo,"_defineProperties");function Gt(e,t,r){return t&&qo(e.prototype,t),r&&qo(e,r),Object.defineProperty(e,"prototype",{writable:!1}),
e}o(Gt,"_createClass");function $o(e){var t=Mf(e,"string");return ke(t)=="symbol"?t:t+""}o($o,"_toPropertyKey");function Mf(e,t){if(ke(e)!="object"||!e)return e;
var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(ke(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive v\
alue.")}return(t==="string"?String:Number)(e)}o(Mf,"_toPrimitive");var Pd=Ht.default=(function(){function e(){var t=arguments.length>0&&arguments[0]!==void 0?arguments[0]:
{};Mt(this,e),this._requestOptions=t}return o(e,"NodeHttpStack"),Gt(e,[{key:"createRequest",value:o(function(r,n){return new Gf(r,n,this._requestOptions)},"crea\
teRequest")},{key:"getName",value:o(function(){return"NodeHttpStack"},"getName")}])})(),Gf=(function(){function e(t,r,n){Mt(this,e),this._method=t,this._url=r,this.
_headers={},this._request=null,this._progressHandler=function(){},this._requestOptions=n||{}}return o(e,"Request"),Gt(e,[{key:"getMethod",value:o(function(){return this.
_method},"getMethod")},{key:"getURL",value:o(function(){return this._url},"getURL")},{key:"setHeader",value:o(function(r,n){this._headers[r]=n},"setHeader")},{key:"\
getHeader",value:o(function(r){return this._headers[r]},"getHeader")},{key:"setProgressHandler",value:o(function(r){this._progressHandler=r},"setProgressHandler")},
{key:"send",value:o(function(){var r=this,n=arguments.length>0&&arguments[0]!==void 0?arguments[0]:null;return new Promise(function(i,a){var f=ft(ft(ft({},(0,If.
parse)(r._url)),r._requestOptions),{},{method:r._method,headers:ft(ft({},r._requestOptions.headers||{}),r._headers)});n!=null&&n.size&&(f.headers["Content-Lengt\
h"]=n.size);var c=f.protocol==="https:"?Lf:Cf;r._request=c.request(f);var p=r._request;p.on("response",function(y){var h=[];y.on("data",function(v){h.push(v)}),
y.on("end",function(){var v=Buffer.concat(h).toString("utf8");i(new Hf(y,v))})}),p.on("error",function(y){a(y)}),n instanceof Mo.Readable?n.pipe(new Bf(r._progressHandler)).
pipe(p):n instanceof Uint8Array?zf(p,n,r._progressHandler):p.end(n)})},"send")},{key:"abort",value:o(function(){return this._request!==null&&this._request.abort(),
Promise.resolve()},"abort")},{key:"getUnderlyingObject",value:o(function(){return this._request},"getUnderlyingObject")}])})(),Hf=(function(){function e(t,r){Mt(
this,e),this._response=t,this._body=r}return o(e,"Response"),Gt(e,[{key:"getStatus",value:o(function(){return this._response.statusCode},"getStatus")},{key:"get\
Header",value:o(function(r){return this._response.headers[r.toLowerCase()]},"getHeader")},{key:"getBody",value:o(function(){return this._body},"getBody")},{key:"\
getUnderlyingObject",value:o(function(){return this._response},"getUnderlyingObject")}])})(),Bf=(function(e){function t(r){var n;return Mt(this,t),n=kf(this,t),
n._onprogress=(0,Go.default)(r,100,{leading:!0,trailing:!1}),n._position=0,n}return o(t,"ProgressEmitter"),Nf(t,e),Gt(t,[{key:"_transform",value:o(function(n,i,a){
this._position+=n.length,this._onprogress(this._position),a(null,n)},"_transform")}])})(Mo.Transform),zf=o(function(t,r,n){n=(0,Go.default)(n,100,{leading:!0,trailing:!1});
var i=0;function a(){var f=Math.min(t.writableHighWaterMark,r.length-i),c=r.subarray(i,i+f);i+=c.length;var p=t.write(c);p?i<r.length?a():t.end():(t.once("drain",
a),n(i))}o(a,"writeNextChunk"),a()},"writeBufferToStreamWithProgress")});var Ko=L($r=>{"use strict";$r.expectReceive=function(e,t,r){var n;r.root(e,t,r),n=this.message,e.hasOwnProperty("expected")&&(n+=" Expected "+e.expected+"."),e.
hasOwnProperty("received")&&(n+=" Received: "+e.received+"."),this.message=n};$r.root=function(e,t,r){var n=this,i,a={stackLength:Error.stackTraceLimit,rootOnly:!0},
f="",c=Error.stackTraceLimit,p;function y(){p[0]=n.toString(),n.stack=p.join(`
`)}o(y,"updateStack"),(!t||typeof t!="object")&&(t={}),t.hasOwnProperty("stackLength")&&typeof t.stackLength=="number"&&!isNaN(t.stackLength)&&t.stackLength>=0&&
(a.stackLength=t.stackLength),t.hasOwnProperty("rootOnly")||(a.rootOnly=t.rootOnly),(!a.rootOnly||this.CustomError.parent===Error)&&(Object.keys(e).forEach(function(h){
switch(h){case"code":i=e.code||void 0;break;case"message":f=e.message||"";break;default:n[h]=e[h]}}),Error.stackTraceLimit=a.stackLength+2,p=new Error().stack.split(
`
`),p.splice(0,3),p.unshift(""),Error.stackTraceLimit=c,this.stack=p.join(`
`),Object.defineProperty(this,"code",{configurable:!0,enumerable:!0,get:o(function(){return i},"get"),set:o(function(h){i=h,y()},"set")}),Object.defineProperty(
this,"message",{configurable:!0,enumerable:!0,get:o(function(){return f},"get"),set:o(function(h){f=h,y()},"set")}),y())}});var Xo=L((Rd,Zo)=>{"use strict";Zo.exports=pe;pe.factory=Ko();var Yr=pe("CustomError");Yr.order=pe(Yr,{message:"Arguments out of order.",code:"EOARG"});function pe(e,t,r,n){
var i,a;return t=Bt(arguments,1,Error,Yo,[Wr,zt]),r=Bt(arguments,2,{},Wr,[zt]),n=Bt(arguments,3,Kr,zt,[]),e=Bt(arguments,0,t===Error?"Error":t.prototype.CustomError.
name,$f,[Yo,Wr,zt]),a=t===Error,a&&n===Kr&&(n=pe.factory.root),i=o(function(f,c){var p,y,h,v,w,S;if(!(this instanceof i))return new i(f,c);for(delete this.constructor.
name,Object.defineProperty(this.constructor,"name",{enumerable:!1,configurable:!0,value:e,writable:!1}),typeof f=="string"&&(f={message:f}),f||(f={}),y=this.CustomError.
chain.slice(0).reverse().map(function(E){return E.properties}),y.push(f),y.unshift({}),S=Object.assign.apply(Object,y),p=this,h={},Object.keys(pe.factory).forEach(
function(E){h[E]=function(T,O){pe.factory[E].call(p,T,O,h)}}),v=this.CustomError.chain.length-1;v>=0;v--)w=this.CustomError.chain[v],w.factory!==Kr&&w.factory.call(
this,S,c,h)},"construct"),i.prototype=Object.create(t.prototype),i.prototype.constructor=i,i.prototype.name=e,i.prototype.CustomError={chain:a?[]:t.prototype.CustomError.
chain.slice(0),factory:n,name:e,parent:t,properties:r},i.prototype.CustomError.chain.unshift(i.prototype.CustomError),i.prototype.toString=function(){var f=this.
CustomError.chain[this.CustomError.chain.length-1].name;return this.code&&(f+=" "+this.code),this.message&&(f+=": "+this.message),f},i}o(pe,"CustomError");function Bt(e,t,r,n,i){
var a=-1,f=-1,c,p,y=t<e.length?t:e.length,h;for(c=0;c<=y;c++){if(h=e[c],a===-1)for(p=0;p<i.length;p++)i[p](h)&&(a=c);f===-1&&n(h)&&(f=c)}if(f!==-1&&a!==-1&&a<f)
throw new Yr.order;return f!==-1?e[f]:r}o(Bt,"findArg");function zt(e){return typeof e=="function"&&e!==Error&&!e.prototype.CustomError}o(zt,"isFactoryArg");function $f(e){
return typeof e=="string"}o($f,"isNameArg");function Yo(e){return typeof e=="function"&&(e===Error||e.prototype.CustomError)}o(Yo,"isParentArg");function Wr(e){
return e&&typeof e=="object"}o(Wr,"isPropertiesArg");function Kr(){}o(Kr,"noop")});var Jo=L((Ld,Qo)=>{Qo.exports=Xo()});var ni=L((he,Fe)=>{var Wf=1/0,Kf="[object Symbol]",lt={function:!0,object:!0},Yf=lt[typeof he]&&he&&!he.nodeType?he:void 0,Zf=lt[typeof Fe]&&Fe&&!Fe.nodeType?Fe:
void 0,Xf=$t(Yf&&Zf&&typeof global=="object"&&global),Qf=$t(lt[typeof self]&&self),Vo=$t(lt[typeof window]&&window),Zr=$t(lt[typeof he]&&he),Jf=Xf||Vo!==(Zr&&Zr.
window)&&Vo||Qf||Zr||Function("return this")();function $t(e){return e&&e.Object===Object?e:null}o($t,"checkGlobal");var Vf=Object.prototype,el=Vf.toString,ei=Jf.
Symbol,ti=ei?ei.prototype:void 0,ri=ti?ti.toString:void 0;function tl(e){if(typeof e=="string")return e;if(nl(e))return ri?ri.call(e):"";var t=e+"";return t=="0"&&
1/e==-Wf?"-0":t}o(tl,"baseToString");function rl(e){return!!e&&typeof e=="object"}o(rl,"isObjectLike");function nl(e){return typeof e=="symbol"||rl(e)&&el.call(
e)==Kf}o(nl,"isSymbol");Fe.exports=tl});var si=L((de,De)=>{var ol=ni(),il="Expected a function",ii="__lodash_hash_undefined__",al="[object Function]",ul="[object GeneratorFunction]",fl=/[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]/g,
ll=/[\\^$.*+?()[\]{}|]/g,sl=/\\(\\)?/g,cl=/^\[object .+?Constructor\]$/,ct={function:!0,object:!0},pl=ct[typeof de]&&de&&!de.nodeType?de:void 0,hl=ct[typeof De]&&
De&&!De.nodeType?De:void 0,dl=Wt(pl&&hl&&typeof global=="object"&&global),yl=Wt(ct[typeof self]&&self),oi=Wt(ct[typeof window]&&window),Xr=Wt(ct[typeof de]&&de),
vl=dl||oi!==(Xr&&Xr.window)&&oi||yl||Xr||Function("return this")();function Wt(e){return e&&e.Object===Object?e:null}o(Wt,"checkGlobal");function ml(e){var t=!1;
if(e!=null&&typeof e.toString!="function")try{t=!!(e+"")}catch{}return t}o(ml,"isHostObject");var gl=Array.prototype,ai=Object.prototype,ui=Function.prototype.toString,
Qr=ai.hasOwnProperty,_l=ai.toString,bl=RegExp("^"+ui.call(Qr).replace(ll,"\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g,"$1.*?")+"$"),
wl=gl.splice,Sl=fi(vl,"Map"),st=fi(Object,"create");function ye(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(ye,"Hash");
function Ol(){this.__data__=st?st(null):{}}o(Ol,"hashClear");function El(e){return this.has(e)&&delete this.__data__[e]}o(El,"hashDelete");function Pl(e){var t=this.
__data__;if(st){var r=t[e];return r===ii?void 0:r}return Qr.call(t,e)?t[e]:void 0}o(Pl,"hashGet");function xl(e){var t=this.__data__;return st?t[e]!==void 0:Qr.
call(t,e)}o(xl,"hashHas");function Tl(e,t){var r=this.__data__;return r[e]=st&&t===void 0?ii:t,this}o(Tl,"hashSet");ye.prototype.clear=Ol;ye.prototype.delete=El;
ye.prototype.get=Pl;ye.prototype.has=xl;ye.prototype.set=Tl;function Ne(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(Ne,
"ListCache");function jl(){this.__data__=[]}o(jl,"listCacheClear");function Ul(e){var t=this.__data__,r=Kt(t,e);if(r<0)return!1;var n=t.length-1;return r==n?t.pop():
wl.call(t,r,1),!0}o(Ul,"listCacheDelete");function Rl(e){var t=this.__data__,r=Kt(t,e);return r<0?void 0:t[r][1]}o(Rl,"listCacheGet");function Cl(e){return Kt(this.
__data__,e)>-1}o(Cl,"listCacheHas");function Ll(e,t){var r=this.__data__,n=Kt(r,e);return n<0?r.push([e,t]):r[n][1]=t,this}o(Ll,"listCacheSet");Ne.prototype.clear=
jl;Ne.prototype.delete=Ul;Ne.prototype.get=Rl;Ne.prototype.has=Cl;Ne.prototype.set=Ll;function ve(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];
this.set(n[0],n[1])}}o(ve,"MapCache");function Il(){this.__data__={hash:new ye,map:new(Sl||Ne),string:new ye}}o(Il,"mapCacheClear");function Al(e){return Yt(this,
e).delete(e)}o(Al,"mapCacheDelete");function kl(e){return Yt(this,e).get(e)}o(kl,"mapCacheGet");function Fl(e){return Yt(this,e).has(e)}o(Fl,"mapCacheHas");function Dl(e,t){
return Yt(this,e).set(e,t),this}o(Dl,"mapCacheSet");ve.prototype.clear=Il;ve.prototype.delete=Al;ve.prototype.get=kl;ve.prototype.has=Fl;ve.prototype.set=Dl;function Kt(e,t){
for(var r=e.length;r--;)if(Gl(e[r][0],t))return r;return-1}o(Kt,"assocIndexOf");function Yt(e,t){var r=e.__data__;return Nl(t)?r[typeof t=="string"?"string":"ha\
sh"]:r.map}o(Yt,"getMapData");function fi(e,t){var r=e[t];return Bl(r)?r:void 0}o(fi,"getNative");function Nl(e){var t=typeof e;return t=="string"||t=="number"||
t=="symbol"||t=="boolean"?e!=="__proto__":e===null}o(Nl,"isKeyable");var ql=Jr(function(e){var t=[];return zl(e).replace(fl,function(r,n,i,a){t.push(i?a.replace(
sl,"$1"):n||r)}),t});function Ml(e){if(e!=null){try{return ui.call(e)}catch{}try{return e+""}catch{}}return""}o(Ml,"toSource");function Jr(e,t){if(typeof e!="fu\
nction"||t&&typeof t!="function")throw new TypeError(il);var r=o(function(){var n=arguments,i=t?t.apply(this,n):n[0],a=r.cache;if(a.has(i))return a.get(i);var f=e.
apply(this,n);return r.cache=a.set(i,f),f},"memoized");return r.cache=new(Jr.Cache||ve),r}o(Jr,"memoize");Jr.Cache=ve;function Gl(e,t){return e===t||e!==e&&t!==
t}o(Gl,"eq");function Hl(e){var t=li(e)?_l.call(e):"";return t==al||t==ul}o(Hl,"isFunction");function li(e){var t=typeof e;return!!e&&(t=="object"||t=="function")}
o(li,"isObject");function Bl(e){if(!li(e))return!1;var t=Hl(e)||ml(e)?bl:cl;return t.test(Ml(e))}o(Bl,"isNative");function zl(e){return e==null?"":ol(e)}o(zl,"t\
oString");De.exports=ql});var Mi=L((me,Me)=>{var $l=si(),Wl=200,sn="__lodash_hash_undefined__",Vt=1,Ge=2,Kl=1/0,vi=9007199254740991,Zt="[object Arguments]",tn="[object Array]",mi="[objec\
t Boolean]",gi="[object Date]",_i="[object Error]",bi="[object Function]",Yl="[object GeneratorFunction]",pt="[object Map]",wi="[object Number]",qe="[object Obj\
ect]",ci="[object Promise]",Si="[object RegExp]",ht="[object Set]",cn="[object String]",Oi="[object Symbol]",rn="[object WeakMap]",Ei="[object ArrayBuffer]",Xt="\
[object DataView]",Zl="[object Float32Array]",Xl="[object Float64Array]",Ql="[object Int8Array]",Jl="[object Int16Array]",Vl="[object Int32Array]",es="[object U\
int8Array]",ts="[object Uint8ClampedArray]",rs="[object Uint16Array]",ns="[object Uint32Array]",os=/\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\\]|\\.)*?\1)\]/,is=/^\w*$/,
as=/[\\^$.*+?()[\]{}|]/g,us=/^\[object .+?Constructor\]$/,fs=/^(?:0|[1-9]\d*)$/,z={};z[Zl]=z[Xl]=z[Ql]=z[Jl]=z[Vl]=z[es]=z[ts]=z[rs]=z[ns]=!0;z[Zt]=z[tn]=z[Ei]=
z[mi]=z[Xt]=z[gi]=z[_i]=z[bi]=z[pt]=z[wi]=z[qe]=z[Si]=z[ht]=z[cn]=z[rn]=!1;var yt={function:!0,object:!0},ls=yt[typeof me]&&me&&!me.nodeType?me:void 0,ss=yt[typeof Me]&&
Me&&!Me.nodeType?Me:void 0,cs=er(ls&&ss&&typeof global=="object"&&global),ps=er(yt[typeof self]&&self),pi=er(yt[typeof window]&&window),Vr=er(yt[typeof me]&&me),
be=cs||pi!==(Vr&&Vr.window)&&pi||ps||Vr||Function("return this")();function hs(e,t){for(var r=-1,n=e.length,i=Array(n);++r<n;)i[r]=t(e[r],r,e);return i}o(hs,"ar\
rayMap");function ds(e,t){for(var r=-1,n=e.length;++r<n;)if(t(e[r],r,e))return!0;return!1}o(ds,"arraySome");function ys(e,t){for(var r=-1,n=Array(e);++r<e;)n[r]=
t(r);return n}o(ys,"baseTimes");function vs(e,t){return hs(t,function(r){return[r,e[r]]})}o(vs,"baseToPairs");function er(e){return e&&e.Object===Object?e:null}
o(er,"checkGlobal");function nn(e){var t=!1;if(e!=null&&typeof e.toString!="function")try{t=!!(e+"")}catch{}return t}o(nn,"isHostObject");function Pi(e){var t=-1,
r=Array(e.size);return e.forEach(function(n,i){r[++t]=[i,n]}),r}o(Pi,"mapToArray");function ms(e){var t=-1,r=Array(e.size);return e.forEach(function(n){r[++t]=n}),
r}o(ms,"setToArray");function gs(e){var t=-1,r=Array(e.size);return e.forEach(function(n){r[++t]=[n,n]}),r}o(gs,"setToPairs");var _s=Array.prototype,tr=Object.prototype,
xi=Function.prototype.toString,ge=tr.hasOwnProperty,we=tr.toString,bs=RegExp("^"+xi.call(ge).replace(as,"\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g,
"$1.*?")+"$"),hi=be.Symbol,di=be.Uint8Array,ws=tr.propertyIsEnumerable,Ss=_s.splice,Os=Object.getPrototypeOf,Es=Object.keys,on=He(be,"DataView"),Qt=He(be,"Map"),
an=He(be,"Promise"),un=He(be,"Set"),fn=He(be,"WeakMap"),dt=He(Object,"create"),Ps=Oe(on),xs=Oe(Qt),Ts=Oe(an),js=Oe(un),Us=Oe(fn),yi=hi?hi.prototype:void 0,en=yi?
yi.valueOf:void 0;function _e(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(_e,"Hash");function Rs(){this.__data__=dt?dt(
null):{}}o(Rs,"hashClear");function Cs(e){return this.has(e)&&delete this.__data__[e]}o(Cs,"hashDelete");function Ls(e){var t=this.__data__;if(dt){var r=t[e];return r===
sn?void 0:r}return ge.call(t,e)?t[e]:void 0}o(Ls,"hashGet");function Is(e){var t=this.__data__;return dt?t[e]!==void 0:ge.call(t,e)}o(Is,"hashHas");function As(e,t){
var r=this.__data__;return r[e]=dt&&t===void 0?sn:t,this}o(As,"hashSet");_e.prototype.clear=Rs;_e.prototype.delete=Cs;_e.prototype.get=Ls;_e.prototype.has=Is;_e.
prototype.set=As;function ne(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(ne,"ListCache");function ks(){this.__data__=[]}
o(ks,"listCacheClear");function Fs(e){var t=this.__data__,r=rr(t,e);if(r<0)return!1;var n=t.length-1;return r==n?t.pop():Ss.call(t,r,1),!0}o(Fs,"listCacheDelete");
function Ds(e){var t=this.__data__,r=rr(t,e);return r<0?void 0:t[r][1]}o(Ds,"listCacheGet");function Ns(e){return rr(this.__data__,e)>-1}o(Ns,"listCacheHas");function qs(e,t){
var r=this.__data__,n=rr(r,e);return n<0?r.push([e,t]):r[n][1]=t,this}o(qs,"listCacheSet");ne.prototype.clear=ks;ne.prototype.delete=Fs;ne.prototype.get=Ds;ne.prototype.
has=Ns;ne.prototype.set=qs;function Se(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(Se,"MapCache");function Ms(){this.__data__=
{hash:new _e,map:new(Qt||ne),string:new _e}}o(Ms,"mapCacheClear");function Gs(e){return nr(this,e).delete(e)}o(Gs,"mapCacheDelete");function Hs(e){return nr(this,
e).get(e)}o(Hs,"mapCacheGet");function Bs(e){return nr(this,e).has(e)}o(Bs,"mapCacheHas");function zs(e,t){return nr(this,e).set(e,t),this}o(zs,"mapCacheSet");Se.
prototype.clear=Ms;Se.prototype.delete=Gs;Se.prototype.get=Hs;Se.prototype.has=Bs;Se.prototype.set=zs;function Jt(e){var t=-1,r=e?e.length:0;for(this.__data__=new Se;++t<
r;)this.add(e[t])}o(Jt,"SetCache");function $s(e){return this.__data__.set(e,sn),this}o($s,"setCacheAdd");function Ws(e){return this.__data__.has(e)}o(Ws,"setCa\
cheHas");Jt.prototype.add=Jt.prototype.push=$s;Jt.prototype.has=Ws;function re(e){this.__data__=new ne(e)}o(re,"Stack");function Ks(){this.__data__=new ne}o(Ks,
"stackClear");function Ys(e){return this.__data__.delete(e)}o(Ys,"stackDelete");function Zs(e){return this.__data__.get(e)}o(Zs,"stackGet");function Xs(e){return this.
__data__.has(e)}o(Xs,"stackHas");function Qs(e,t){var r=this.__data__;return r instanceof ne&&r.__data__.length==Wl&&(r=this.__data__=new Se(r.__data__)),r.set(
e,t),this}o(Qs,"stackSet");re.prototype.clear=Ks;re.prototype.delete=Ys;re.prototype.get=Zs;re.prototype.has=Xs;re.prototype.set=Qs;function rr(e,t){for(var r=e.
length;r--;)if(vc(e[r][0],t))return r;return-1}o(rr,"assocIndexOf");function Ti(e,t){t=or(t,e)?[t]:Ri(t);for(var r=0,n=t.length;e!=null&&r<n;)e=e[ir(t[r++])];return r&&
r==n?e:void 0}o(Ti,"baseGet");function ji(e,t){return ge.call(e,t)||typeof e=="object"&&t in e&&cc(e)===null}o(ji,"baseHas");function Js(e,t){return t in Object(
e)}o(Js,"baseHasIn");function pn(e,t,r,n,i){return e===t?!0:e==null||t==null||!ur(e)&&!vt(t)?e!==e&&t!==t:Vs(e,t,pn,r,n,i)}o(pn,"baseIsEqual");function Vs(e,t,r,n,i,a){
var f=ie(e),c=ie(t),p=tn,y=tn;f||(p=te(e),p=p==Zt?qe:p),c||(y=te(t),y=y==Zt?qe:y);var h=p==qe&&!nn(e),v=y==qe&&!nn(t),w=p==y;if(w&&!h)return a||(a=new re),f||_c(
e)?Ci(e,t,r,n,i,a):uc(e,t,p,r,n,i,a);if(!(i&Ge)){var S=h&&ge.call(e,"__wrapped__"),E=v&&ge.call(t,"__wrapped__");if(S||E){var T=S?e.value():e,O=E?t.value():t;return a||
(a=new re),r(T,O,n,i,a)}}return w?(a||(a=new re),fc(e,t,r,n,i,a)):!1}o(Vs,"baseIsEqualDeep");function ec(e,t,r,n){var i=r.length,a=i,f=!n;if(e==null)return!a;for(e=
Object(e);i--;){var c=r[i];if(f&&c[2]?c[1]!==e[c[0]]:!(c[0]in e))return!1}for(;++i<a;){c=r[i];var p=c[0],y=e[p],h=c[1];if(f&&c[2]){if(y===void 0&&!(p in e))return!1}else{
var v=new re;if(n)var w=n(y,h,p,e,t,v);if(!(w===void 0?pn(h,y,n,Vt|Ge,v):w))return!1}}return!0}o(ec,"baseIsMatch");function tc(e){return typeof e=="function"?e:
e==null?Oc:typeof e=="object"?ie(e)?oc(e[0],e[1]):nc(e):Ec(e)}o(tc,"baseIteratee");function rc(e){return Es(Object(e))}o(rc,"baseKeys");function nc(e){var t=sc(
e);return t.length==1&&t[0][2]?Ai(t[0][0],t[0][1]):function(r){return r===e||ec(r,e,t)}}o(nc,"baseMatches");function oc(e,t){return or(e)&&Ii(t)?Ai(ir(e),t):function(r){
var n=bc(r,e);return n===void 0&&n===t?wc(r,e):pn(t,n,void 0,Vt|Ge)}}o(oc,"baseMatchesProperty");function Ui(e){return function(t){return t?.[e]}}o(Ui,"baseProp\
erty");function ic(e){return function(t){return Ti(t,e)}}o(ic,"basePropertyDeep");function Ri(e){return ie(e)?e:$l(e)}o(Ri,"castPath");function ac(e){return function(t){
var r=te(t);return r==pt?Pi(t):r==ht?gs(t):vs(t,e(t))}}o(ac,"createToPairs");function Ci(e,t,r,n,i,a){var f=i&Ge,c=e.length,p=t.length;if(c!=p&&!(f&&p>c))return!1;
var y=a.get(e);if(y)return y==t;var h=-1,v=!0,w=i&Vt?new Jt:void 0;for(a.set(e,t);++h<c;){var S=e[h],E=t[h];if(n)var T=f?n(E,S,h,t,e,a):n(S,E,h,e,t,a);if(T!==void 0){
if(T)continue;v=!1;break}if(w){if(!ds(t,function(O,j){if(!w.has(j)&&(S===O||r(S,O,n,i,a)))return w.add(j)})){v=!1;break}}else if(!(S===E||r(S,E,n,i,a))){v=!1;break}}
return a.delete(e),v}o(Ci,"equalArrays");function uc(e,t,r,n,i,a,f){switch(r){case Xt:if(e.byteLength!=t.byteLength||e.byteOffset!=t.byteOffset)return!1;e=e.buffer,
t=t.buffer;case Ei:return!(e.byteLength!=t.byteLength||!n(new di(e),new di(t)));case mi:case gi:return+e==+t;case _i:return e.name==t.name&&e.message==t.message;case wi:
return e!=+e?t!=+t:e==+t;case Si:case cn:return e==t+"";case pt:var c=Pi;case ht:var p=a&Ge;if(c||(c=ms),e.size!=t.size&&!p)return!1;var y=f.get(e);return y?y==
t:(a|=Vt,f.set(e,t),Ci(c(e),c(t),n,i,a,f));case Oi:if(en)return en.call(e)==en.call(t)}return!1}o(uc,"equalByTag");function fc(e,t,r,n,i,a){var f=i&Ge,c=ln(e),p=c.
length,y=ln(t),h=y.length;if(p!=h&&!f)return!1;for(var v=p;v--;){var w=c[v];if(!(f?w in t:ji(t,w)))return!1}var S=a.get(e);if(S)return S==t;var E=!0;a.set(e,t);
for(var T=f;++v<p;){w=c[v];var O=e[w],j=t[w];if(n)var R=f?n(j,O,w,t,e,a):n(O,j,w,e,t,a);if(!(R===void 0?O===j||r(O,j,n,i,a):R)){E=!1;break}T||(T=w=="constructor")}
if(E&&!T){var U=e.constructor,N=t.constructor;U!=N&&"constructor"in e&&"constructor"in t&&!(typeof U=="function"&&U instanceof U&&typeof N=="function"&&N instanceof
N)&&(E=!1)}return a.delete(e),E}o(fc,"equalObjects");var lc=Ui("length");function nr(e,t){var r=e.__data__;return dc(t)?r[typeof t=="string"?"string":"hash"]:r.
map}o(nr,"getMapData");function sc(e){for(var t=Sc(e),r=t.length;r--;)t[r][2]=Ii(t[r][1]);return t}o(sc,"getMatchData");function He(e,t){var r=e[t];return gc(r)?
r:void 0}o(He,"getNative");function cc(e){return Os(Object(e))}o(cc,"getPrototype");function te(e){return we.call(e)}o(te,"getTag");(on&&te(new on(new ArrayBuffer(
1)))!=Xt||Qt&&te(new Qt)!=pt||an&&te(an.resolve())!=ci||un&&te(new un)!=ht||fn&&te(new fn)!=rn)&&(te=o(function(e){var t=we.call(e),r=t==qe?e.constructor:void 0,
n=r?Oe(r):void 0;if(n)switch(n){case Ps:return Xt;case xs:return pt;case Ts:return ci;case js:return ht;case Us:return rn}return t},"getTag"));function pc(e,t,r){
t=or(t,e)?[t]:Ri(t);for(var n,i=-1,f=t.length;++i<f;){var a=ir(t[i]);if(!(n=e!=null&&r(e,a)))break;e=e[a]}if(n)return n;var f=e?e.length:0;return!!f&&ar(f)&&Li(
a,f)&&(ie(e)||Ni(e)||ki(e))}o(pc,"hasPath");function hc(e){var t=e?e.length:void 0;return ar(t)&&(ie(e)||Ni(e)||ki(e))?ys(t,String):null}o(hc,"indexKeys");function Li(e,t){
return t=t??vi,!!t&&(typeof e=="number"||fs.test(e))&&e>-1&&e%1==0&&e<t}o(Li,"isIndex");function or(e,t){if(ie(e))return!1;var r=typeof e;return r=="number"||r==
"symbol"||r=="boolean"||e==null||qi(e)?!0:is.test(e)||!os.test(e)||t!=null&&e in Object(t)}o(or,"isKey");function dc(e){var t=typeof e;return t=="string"||t=="n\
umber"||t=="symbol"||t=="boolean"?e!=="__proto__":e===null}o(dc,"isKeyable");function yc(e){var t=e&&e.constructor,r=typeof t=="function"&&t.prototype||tr;return e===
r}o(yc,"isPrototype");function Ii(e){return e===e&&!ur(e)}o(Ii,"isStrictComparable");function Ai(e,t){return function(r){return r==null?!1:r[e]===t&&(t!==void 0||
e in Object(r))}}o(Ai,"matchesStrictComparable");function ir(e){if(typeof e=="string"||qi(e))return e;var t=e+"";return t=="0"&&1/e==-Kl?"-0":t}o(ir,"toKey");function Oe(e){
if(e!=null){try{return xi.call(e)}catch{}try{return e+""}catch{}}return""}o(Oe,"toSource");function vc(e,t){return e===t||e!==e&&t!==t}o(vc,"eq");function ki(e){
return mc(e)&&ge.call(e,"callee")&&(!ws.call(e,"callee")||we.call(e)==Zt)}o(ki,"isArguments");var ie=Array.isArray;function Fi(e){return e!=null&&ar(lc(e))&&!Di(
e)}o(Fi,"isArrayLike");function mc(e){return vt(e)&&Fi(e)}o(mc,"isArrayLikeObject");function Di(e){var t=ur(e)?we.call(e):"";return t==bi||t==Yl}o(Di,"isFunctio\
n");function ar(e){return typeof e=="number"&&e>-1&&e%1==0&&e<=vi}o(ar,"isLength");function ur(e){var t=typeof e;return!!e&&(t=="object"||t=="function")}o(ur,"i\
sObject");function vt(e){return!!e&&typeof e=="object"}o(vt,"isObjectLike");function gc(e){if(!ur(e))return!1;var t=Di(e)||nn(e)?bs:us;return t.test(Oe(e))}o(gc,
"isNative");function Ni(e){return typeof e=="string"||!ie(e)&&vt(e)&&we.call(e)==cn}o(Ni,"isString");function qi(e){return typeof e=="symbol"||vt(e)&&we.call(e)==
Oi}o(qi,"isSymbol");function _c(e){return vt(e)&&ar(e.length)&&!!z[we.call(e)]}o(_c,"isTypedArray");function bc(e,t,r){var n=e==null?void 0:Ti(e,t);return n===void 0?
r:n}o(bc,"get");function wc(e,t){return e!=null&&pc(e,t,Js)}o(wc,"hasIn");function ln(e){var t=yc(e);if(!(t||Fi(e)))return rc(e);var r=hc(e),n=!!r,i=r||[],a=i.length;
for(var f in e)ji(e,f)&&!(n&&(f=="length"||Li(f,a)))&&!(t&&f=="constructor")&&i.push(f);return i}o(ln,"keys");var Sc=ac(ln);function Oc(e){return e}o(Oc,"identi\
ty");function Ec(e){return or(e)?Ui(ir(e)):ic(e)}o(Ec,"property");Me.exports=tc});var $i=L((Ee,Be)=>{var Pc=1/0,xc="[object Function]",Tc="[object GeneratorFunction]",jc=/[\\^$.*+?()[\]{}|]/g,Uc=/^\[object .+?Constructor\]$/,mt={function:!0,object:!0},
Rc=mt[typeof Ee]&&Ee&&!Ee.nodeType?Ee:void 0,Cc=mt[typeof Be]&&Be&&!Be.nodeType?Be:void 0,Lc=fr(Rc&&Cc&&typeof global=="object"&&global),Ic=fr(mt[typeof self]&&
self),Gi=fr(mt[typeof window]&&window),hn=fr(mt[typeof Ee]&&Ee),Ac=Lc||Gi!==(hn&&hn.window)&&Gi||Ic||hn||Function("return this")();function fr(e){return e&&e.Object===
Object?e:null}o(fr,"checkGlobal");function kc(e){var t=!1;if(e!=null&&typeof e.toString!="function")try{t=!!(e+"")}catch{}return t}o(kc,"isHostObject");function Fc(e){
var t=-1,r=Array(e.size);return e.forEach(function(n){r[++t]=n}),r}o(Fc,"setToArray");var Hi=Object.prototype,Bi=Function.prototype.toString,Dc=Hi.hasOwnProperty,
Nc=Hi.toString,qc=RegExp("^"+Bi.call(Dc).replace(jc,"\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g,"$1.*?")+"$"),dn=Gc(Ac,"Set"),Mc=dn&&
1/Fc(new dn([,-0]))[1]==Pc?function(e){return new dn(e)}:$c;function Gc(e,t){var r=e[t];return zc(r)?r:void 0}o(Gc,"getNative");function Hc(e){if(e!=null){try{return Bi.
call(e)}catch{}try{return e+""}catch{}}return""}o(Hc,"toSource");function Bc(e){var t=zi(e)?Nc.call(e):"";return t==xc||t==Tc}o(Bc,"isFunction");function zi(e){
var t=typeof e;return!!e&&(t=="object"||t=="function")}o(zi,"isObject");function zc(e){if(!zi(e))return!1;var t=Bc(e)||kc(e)?qc:Uc;return t.test(Hc(e))}o(zc,"is\
Native");function $c(){}o($c,"noop");Be.exports=Mc});var Ki=L((Pe,ze)=>{var gt={function:!0,object:!0},Wc=gt[typeof Pe]&&Pe&&!Pe.nodeType?Pe:void 0,Kc=gt[typeof ze]&&ze&&!ze.nodeType?ze:void 0,Yc=lr(Wc&&Kc&&typeof global==
"object"&&global),Zc=lr(gt[typeof self]&&self),Wi=lr(gt[typeof window]&&window),yn=lr(gt[typeof Pe]&&Pe),Xc=Yc||Wi!==(yn&&yn.window)&&Wi||Zc||yn||Function("retu\
rn this")();function lr(e){return e&&e.Object===Object?e:null}o(lr,"checkGlobal");ze.exports=Xc});var Vi=L((Nd,Ji)=>{var Qc=$i(),Jc=Ki(),Vc=200,vn="__lodash_hash_undefined__",ep="[object Function]",tp="[object GeneratorFunction]",rp=/[\\^$.*+?()[\]{}|]/g,np=/^\[object .+?Constructor\]$/;
function op(e,t){return!!e.length&&ap(e,t,0)>-1}o(op,"arrayIncludes");function ip(e,t,r){for(var n=-1,i=e.length;++n<i;)if(r(t,e[n]))return!0;return!1}o(ip,"arr\
ayIncludesWith");function ap(e,t,r){if(t!==t)return fp(e,r);for(var n=r-1,i=e.length;++n<i;)if(e[n]===t)return n;return-1}o(ap,"baseIndexOf");function up(e,t){return e.
has(t)}o(up,"cacheHas");function fp(e,t,r){for(var n=e.length,i=t+(r?0:-1);r?i--:++i<n;){var a=e[i];if(a!==a)return i}return-1}o(fp,"indexOfNaN");function lp(e){
var t=!1;if(e!=null&&typeof e.toString!="function")try{t=!!(e+"")}catch{}return t}o(lp,"isHostObject");function sp(e){var t=-1,r=Array(e.size);return e.forEach(
function(n){r[++t]=n}),r}o(sp,"setToArray");var cp=Array.prototype,Yi=Object.prototype,Zi=Function.prototype.toString,mn=Yi.hasOwnProperty,pp=Yi.toString,hp=RegExp(
"^"+Zi.call(mn).replace(rp,"\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g,"$1.*?")+"$"),dp=cp.splice,yp=Xi(Jc,"Map"),_t=Xi(Object,"cre\
ate");function xe(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(xe,"Hash");function vp(){this.__data__=_t?_t(null):{}}o(
vp,"hashClear");function mp(e){return this.has(e)&&delete this.__data__[e]}o(mp,"hashDelete");function gp(e){var t=this.__data__;if(_t){var r=t[e];return r===vn?
void 0:r}return mn.call(t,e)?t[e]:void 0}o(gp,"hashGet");function _p(e){var t=this.__data__;return _t?t[e]!==void 0:mn.call(t,e)}o(_p,"hashHas");function bp(e,t){
var r=this.__data__;return r[e]=_t&&t===void 0?vn:t,this}o(bp,"hashSet");xe.prototype.clear=vp;xe.prototype.delete=mp;xe.prototype.get=gp;xe.prototype.has=_p;xe.
prototype.set=bp;function $e(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o($e,"ListCache");function wp(){this.__data__=[]}
o(wp,"listCacheClear");function Sp(e){var t=this.__data__,r=cr(t,e);if(r<0)return!1;var n=t.length-1;return r==n?t.pop():dp.call(t,r,1),!0}o(Sp,"listCacheDelete");
function Op(e){var t=this.__data__,r=cr(t,e);return r<0?void 0:t[r][1]}o(Op,"listCacheGet");function Ep(e){return cr(this.__data__,e)>-1}o(Ep,"listCacheHas");function Pp(e,t){
var r=this.__data__,n=cr(r,e);return n<0?r.push([e,t]):r[n][1]=t,this}o(Pp,"listCacheSet");$e.prototype.clear=wp;$e.prototype.delete=Sp;$e.prototype.get=Op;$e.prototype.
has=Ep;$e.prototype.set=Pp;function We(e){var t=-1,r=e?e.length:0;for(this.clear();++t<r;){var n=e[t];this.set(n[0],n[1])}}o(We,"MapCache");function xp(){this.__data__=
{hash:new xe,map:new(yp||$e),string:new xe}}o(xp,"mapCacheClear");function Tp(e){return pr(this,e).delete(e)}o(Tp,"mapCacheDelete");function jp(e){return pr(this,
e).get(e)}o(jp,"mapCacheGet");function Up(e){return pr(this,e).has(e)}o(Up,"mapCacheHas");function Rp(e,t){return pr(this,e).set(e,t),this}o(Rp,"mapCacheSet");We.
prototype.clear=xp;We.prototype.delete=Tp;We.prototype.get=jp;We.prototype.has=Up;We.prototype.set=Rp;function sr(e){var t=-1,r=e?e.length:0;for(this.__data__=new We;++t<
r;)this.add(e[t])}o(sr,"SetCache");function Cp(e){return this.__data__.set(e,vn),this}o(Cp,"setCacheAdd");function Lp(e){return this.__data__.has(e)}o(Lp,"setCa\
cheHas");sr.prototype.add=sr.prototype.push=Cp;sr.prototype.has=Lp;function cr(e,t){for(var r=e.length;r--;)if(Fp(e[r][0],t))return r;return-1}o(cr,"assocIndexO\
f");function Ip(e,t,r){var n=-1,i=op,a=e.length,f=!0,c=[],p=c;if(r)f=!1,i=ip;else if(a>=Vc){var y=t?null:Qc(e);if(y)return sp(y);f=!1,i=up,p=new sr}else p=t?[]:
c;e:for(;++n<a;){var h=e[n],v=t?t(h):h;if(h=r||h!==0?h:0,f&&v===v){for(var w=p.length;w--;)if(p[w]===v)continue e;t&&p.push(v),c.push(h)}else i(p,v,r)||(p!==c&&
p.push(v),c.push(h))}return c}o(Ip,"baseUniq");function pr(e,t){var r=e.__data__;return Ap(t)?r[typeof t=="string"?"string":"hash"]:r.map}o(pr,"getMapData");function Xi(e,t){
var r=e[t];return Np(r)?r:void 0}o(Xi,"getNative");function Ap(e){var t=typeof e;return t=="string"||t=="number"||t=="symbol"||t=="boolean"?e!=="__proto__":e===
null}o(Ap,"isKeyable");function kp(e){if(e!=null){try{return Zi.call(e)}catch{}try{return e+""}catch{}}return""}o(kp,"toSource");function Fp(e,t){return e===t||
e!==e&&t!==t}o(Fp,"eq");function Dp(e){var t=Qi(e)?pp.call(e):"";return t==ep||t==tp}o(Dp,"isFunction");function Qi(e){var t=typeof e;return!!e&&(t=="object"||t==
"function")}o(Qi,"isObject");function Np(e){if(!Qi(e))return!1;var t=Dp(e)||lp(e)?hp:np;return t.test(kp(e))}o(Np,"isNative");Ji.exports=Ip});var ta=L((Md,ea)=>{var qp=Mi(),Mp=Vi();function Gp(e,t){return e&&e.length?Mp(e,qp(t)):[]}o(Gp,"uniqBy");ea.exports=Gp});var na=L((Hd,ra)=>{"use strict";var Hp=Jo(),Bp=ta(),zp=Hp("MultiError");ra.exports=gn;function gn(e){if(!(this instanceof gn))return new gn(e);if(e=Array.isArray(
e)?e:[e],e=Bp(e,function(r){return r.stack}),e.length===1)return e[0];var t=new zp({message:e.map(function(r){return r.message}).join("; "),errors:e.reduce(function(r,n){
return r.concat(n.errors||n)},[])});return t.__defineGetter__("stack",function(){return e.map(function(r){return r.stack}).join(`

`)}),t.__defineSetter__("stack",function(r){return[r].concat(t.stack).join(`

`)}),t}o(gn,"error")});var ia=L((zd,oa)=>{var ae=require("constants"),$p=process.cwd,hr=null,Wp=process.env.GRACEFUL_FS_PLATFORM||process.platform;process.cwd=function(){return hr||(hr=
$p.call(process)),hr};try{process.cwd()}catch{}typeof process.chdir=="function"&&(_n=process.chdir,process.chdir=function(e){hr=null,_n.call(process,e)},Object.
setPrototypeOf&&Object.setPrototypeOf(process.chdir,_n));var _n;oa.exports=Kp;function Kp(e){ae.hasOwnProperty("O_SYMLINK")&&process.version.match(/^v0\.6\.[0-2]|^v0\.5\./)&&
t(e),e.lutimes||r(e),e.chown=a(e.chown),e.fchown=a(e.fchown),e.lchown=a(e.lchown),e.chmod=n(e.chmod),e.fchmod=n(e.fchmod),e.lchmod=n(e.lchmod),e.chownSync=f(e.chownSync),
e.fchownSync=f(e.fchownSync),e.lchownSync=f(e.lchownSync),e.chmodSync=i(e.chmodSync),e.fchmodSync=i(e.fchmodSync),e.lchmodSync=i(e.lchmodSync),e.stat=c(e.stat),
e.fstat=c(e.fstat),e.lstat=c(e.lstat),e.statSync=p(e.statSync),e.fstatSync=p(e.fstatSync),e.lstatSync=p(e.lstatSync),e.chmod&&!e.lchmod&&(e.lchmod=function(h,v,w){
w&&process.nextTick(w)},e.lchmodSync=function(){}),e.chown&&!e.lchown&&(e.lchown=function(h,v,w,S){S&&process.nextTick(S)},e.lchownSync=function(){}),Wp==="win3\
2"&&(e.rename=typeof e.rename!="function"?e.rename:(function(h){function v(w,S,E){var T=Date.now(),O=0;h(w,S,o(function j(R){if(R&&(R.code==="EACCES"||R.code===
"EPERM"||R.code==="EBUSY")&&Date.now()-T<6e4){setTimeout(function(){e.stat(S,function(U,N){U&&U.code==="ENOENT"?h(w,S,j):E(R)})},O),O<100&&(O+=10);return}E&&E(R)},
"CB"))}return o(v,"rename"),Object.setPrototypeOf&&Object.setPrototypeOf(v,h),v})(e.rename)),e.read=typeof e.read!="function"?e.read:(function(h){function v(w,S,E,T,O,j){
var R;if(j&&typeof j=="function"){var U=0;R=o(function(N,W,F){if(N&&N.code==="EAGAIN"&&U<10)return U++,h.call(e,w,S,E,T,O,R);j.apply(this,arguments)},"callback")}
return h.call(e,w,S,E,T,O,R)}return o(v,"read"),Object.setPrototypeOf&&Object.setPrototypeOf(v,h),v})(e.read),e.readSync=typeof e.readSync!="function"?e.readSync:
(function(h){return function(v,w,S,E,T){for(var O=0;;)try{return h.call(e,v,w,S,E,T)}catch(j){if(j.code==="EAGAIN"&&O<10){O++;continue}throw j}}})(e.readSync);function t(h){
h.lchmod=function(v,w,S){h.open(v,ae.O_WRONLY|ae.O_SYMLINK,w,function(E,T){if(E){S&&S(E);return}h.fchmod(T,w,function(O){h.close(T,function(j){S&&S(O||j)})})})},
h.lchmodSync=function(v,w){var S=h.openSync(v,ae.O_WRONLY|ae.O_SYMLINK,w),E=!0,T;try{T=h.fchmodSync(S,w),E=!1}finally{if(E)try{h.closeSync(S)}catch{}else h.closeSync(
S)}return T}}o(t,"patchLchmod");function r(h){ae.hasOwnProperty("O_SYMLINK")&&h.futimes?(h.lutimes=function(v,w,S,E){h.open(v,ae.O_SYMLINK,function(T,O){if(T){E&&
E(T);return}h.futimes(O,w,S,function(j){h.close(O,function(R){E&&E(j||R)})})})},h.lutimesSync=function(v,w,S){var E=h.openSync(v,ae.O_SYMLINK),T,O=!0;try{T=h.futimesSync(
E,w,S),O=!1}finally{if(O)try{h.closeSync(E)}catch{}else h.closeSync(E)}return T}):h.futimes&&(h.lutimes=function(v,w,S,E){E&&process.nextTick(E)},h.lutimesSync=
function(){})}o(r,"patchLutimes");function n(h){return h&&function(v,w,S){return h.call(e,v,w,function(E){y(E)&&(E=null),S&&S.apply(this,arguments)})}}o(n,"chmo\
dFix");function i(h){return h&&function(v,w){try{return h.call(e,v,w)}catch(S){if(!y(S))throw S}}}o(i,"chmodFixSync");function a(h){return h&&function(v,w,S,E){
return h.call(e,v,w,S,function(T){y(T)&&(T=null),E&&E.apply(this,arguments)})}}o(a,"chownFix");function f(h){return h&&function(v,w,S){try{return h.call(e,v,w,S)}catch(E){
if(!y(E))throw E}}}o(f,"chownFixSync");function c(h){return h&&function(v,w,S){typeof w=="function"&&(S=w,w=null);function E(T,O){O&&(O.uid<0&&(O.uid+=4294967296),
O.gid<0&&(O.gid+=4294967296)),S&&S.apply(this,arguments)}return o(E,"callback"),w?h.call(e,v,w,E):h.call(e,v,E)}}o(c,"statFix");function p(h){return h&&function(v,w){
var S=w?h.call(e,v,w):h.call(e,v);return S&&(S.uid<0&&(S.uid+=4294967296),S.gid<0&&(S.gid+=4294967296)),S}}o(p,"statFixSync");function y(h){if(!h||h.code==="ENO\
SYS")return!0;var v=!process.getuid||process.getuid()!==0;return!!(v&&(h.code==="EINVAL"||h.code==="EPERM"))}o(y,"chownErOk")}o(Kp,"patch")});var fa=L((Wd,ua)=>{var aa=require("stream").Stream;ua.exports=Yp;function Yp(e){return{ReadStream:t,WriteStream:r};function t(n,i){if(!(this instanceof t))return new t(
n,i);aa.call(this);var a=this;this.path=n,this.fd=null,this.readable=!0,this.paused=!1,this.flags="r",this.mode=438,this.bufferSize=64*1024,i=i||{};for(var f=Object.
keys(i),c=0,p=f.length;c<p;c++){var y=f[c];this[y]=i[y]}if(this.encoding&&this.setEncoding(this.encoding),this.start!==void 0){if(typeof this.start!="number")throw TypeError(
"start must be a Number");if(this.end===void 0)this.end=1/0;else if(typeof this.end!="number")throw TypeError("end must be a Number");if(this.start>this.end)throw new Error(
"start must be <= end");this.pos=this.start}if(this.fd!==null){process.nextTick(function(){a._read()});return}e.open(this.path,this.flags,this.mode,function(h,v){
if(h){a.emit("error",h),a.readable=!1;return}a.fd=v,a.emit("open",v),a._read()})}function r(n,i){if(!(this instanceof r))return new r(n,i);aa.call(this),this.path=
n,this.fd=null,this.writable=!0,this.flags="w",this.encoding="binary",this.mode=438,this.bytesWritten=0,i=i||{};for(var a=Object.keys(i),f=0,c=a.length;f<c;f++){
var p=a[f];this[p]=i[p]}if(this.start!==void 0){if(typeof this.start!="number")throw TypeError("start must be a Number");if(this.start<0)throw new Error("start \
must be >= zero");this.pos=this.start}this.busy=!1,this._queue=[],this.fd===null&&(this._open=e.open,this._queue.push([this._open,this.path,this.flags,this.mode,
void 0]),this.flush())}}o(Yp,"legacy")});var sa=L((Yd,la)=>{"use strict";la.exports=Xp;var Zp=Object.getPrototypeOf||function(e){return e.__proto__};function Xp(e){if(e===null||typeof e!="object")return e;
if(e instanceof Object)var t={__proto__:Zp(e)};else var t=Object.create(null);return Object.getOwnPropertyNames(e).forEach(function(r){Object.defineProperty(t,r,
Object.getOwnPropertyDescriptor(e,r))}),t}o(Xp,"clone")});var On=L((Xd,Sn)=>{var K=require("fs"),Qp=ia(),Jp=fa(),Vp=sa(),dr=require("util"),X,vr;typeof Symbol=="function"&&typeof Symbol.for=="function"?(X=Symbol.for("g\
raceful-fs.queue"),vr=Symbol.for("graceful-fs.previous")):(X="___graceful-fs.queue",vr="___graceful-fs.previous");function eh(){}o(eh,"noop");function ha(e,t){Object.
defineProperty(e,X,{get:o(function(){return t},"get")})}o(ha,"publishQueue");var Te=eh;dr.debuglog?Te=dr.debuglog("gfs4"):/\bgfs4\b/i.test(process.env.NODE_DEBUG||
"")&&(Te=o(function(){var e=dr.format.apply(dr,arguments);e="GFS4: "+e.split(/\n/).join(`
GFS4: `),console.error(e)},"debug"));K[X]||(ca=global[X]||[],ha(K,ca),K.close=(function(e){function t(r,n){return e.call(K,r,function(i){i||pa(),typeof n=="func\
tion"&&n.apply(this,arguments)})}return o(t,"close"),Object.defineProperty(t,vr,{value:e}),t})(K.close),K.closeSync=(function(e){function t(r){e.apply(K,arguments),
pa()}return o(t,"closeSync"),Object.defineProperty(t,vr,{value:e}),t})(K.closeSync),/\bgfs4\b/i.test(process.env.NODE_DEBUG||"")&&process.on("exit",function(){Te(
K[X]),require("assert").equal(K[X].length,0)}));var ca;global[X]||ha(global,K[X]);Sn.exports=bn(Vp(K));process.env.TEST_GRACEFUL_FS_GLOBAL_PATCH&&!K.__patched&&
(Sn.exports=bn(K),K.__patched=!0);function bn(e){Qp(e),e.gracefulify=bn,e.createReadStream=W,e.createWriteStream=F;var t=e.readFile;e.readFile=r;function r(P,k,C){
return typeof k=="function"&&(C=k,k=null),B(P,k,C);function B(H,M,I,s){return t(H,M,function(u){u&&(u.code==="EMFILE"||u.code==="ENFILE")?Ke([B,[H,M,I],u,s||Date.
now(),Date.now()]):typeof I=="function"&&I.apply(this,arguments)})}o(B,"go$readFile")}o(r,"readFile");var n=e.writeFile;e.writeFile=i;function i(P,k,C,B){return typeof C==
"function"&&(B=C,C=null),H(P,k,C,B);function H(M,I,s,u,l){return n(M,I,s,function(d){d&&(d.code==="EMFILE"||d.code==="ENFILE")?Ke([H,[M,I,s,u],d,l||Date.now(),Date.
now()]):typeof u=="function"&&u.apply(this,arguments)})}o(H,"go$writeFile")}o(i,"writeFile");var a=e.appendFile;a&&(e.appendFile=f);function f(P,k,C,B){return typeof C==
"function"&&(B=C,C=null),H(P,k,C,B);function H(M,I,s,u,l){return a(M,I,s,function(d){d&&(d.code==="EMFILE"||d.code==="ENFILE")?Ke([H,[M,I,s,u],d,l||Date.now(),Date.
now()]):typeof u=="function"&&u.apply(this,arguments)})}o(H,"go$appendFile")}o(f,"appendFile");var c=e.copyFile;c&&(e.copyFile=p);function p(P,k,C,B){return typeof C==
"function"&&(B=C,C=0),H(P,k,C,B);function H(M,I,s,u,l){return c(M,I,s,function(d){d&&(d.code==="EMFILE"||d.code==="ENFILE")?Ke([H,[M,I,s,u],d,l||Date.now(),Date.
now()]):typeof u=="function"&&u.apply(this,arguments)})}o(H,"go$copyFile")}o(p,"copyFile");var y=e.readdir;e.readdir=v;var h=/^v[0-5]\./;function v(P,k,C){typeof k==
"function"&&(C=k,k=null);var B=h.test(process.version)?o(function(I,s,u,l){return y(I,H(I,s,u,l))},"go$readdir"):o(function(I,s,u,l){return y(I,s,H(I,s,u,l))},"\
go$readdir");return B(P,k,C);function H(M,I,s,u){return function(l,d){l&&(l.code==="EMFILE"||l.code==="ENFILE")?Ke([B,[M,I,s],l,u||Date.now(),Date.now()]):(d&&d.
sort&&d.sort(),typeof s=="function"&&s.call(this,l,d))}}}if(o(v,"readdir"),process.version.substr(0,4)==="v0.8"){var w=Jp(e);j=w.ReadStream,U=w.WriteStream}var S=e.
ReadStream;S&&(j.prototype=Object.create(S.prototype),j.prototype.open=R);var E=e.WriteStream;E&&(U.prototype=Object.create(E.prototype),U.prototype.open=N),Object.
defineProperty(e,"ReadStream",{get:o(function(){return j},"get"),set:o(function(P){j=P},"set"),enumerable:!0,configurable:!0}),Object.defineProperty(e,"WriteStr\
eam",{get:o(function(){return U},"get"),set:o(function(P){U=P},"set"),enumerable:!0,configurable:!0});var T=j;Object.defineProperty(e,"FileReadStream",{get:o(function(){
return T},"get"),set:o(function(P){T=P},"set"),enumerable:!0,configurable:!0});var O=U;Object.defineProperty(e,"FileWriteStream",{get:o(function(){return O},"ge\
t"),set:o(function(P){O=P},"set"),enumerable:!0,configurable:!0});function j(P,k){return this instanceof j?(S.apply(this,arguments),this):j.apply(Object.create(
j.prototype),arguments)}o(j,"ReadStream");function R(){var P=this;Y(P.path,P.flags,P.mode,function(k,C){k?(P.autoClose&&P.destroy(),P.emit("error",k)):(P.fd=C,P.
emit("open",C),P.read())})}o(R,"ReadStream$open");function U(P,k){return this instanceof U?(E.apply(this,arguments),this):U.apply(Object.create(U.prototype),arguments)}
o(U,"WriteStream");function N(){var P=this;Y(P.path,P.flags,P.mode,function(k,C){k?(P.destroy(),P.emit("error",k)):(P.fd=C,P.emit("open",C))})}o(N,"WriteStream$\
open");function W(P,k){return new e.ReadStream(P,k)}o(W,"createReadStream");function F(P,k){return new e.WriteStream(P,k)}o(F,"createWriteStream");var q=e.open;
e.open=Y;function Y(P,k,C,B){return typeof C=="function"&&(B=C,C=null),H(P,k,C,B);function H(M,I,s,u,l){return q(M,I,s,function(d,_){d&&(d.code==="EMFILE"||d.code===
"ENFILE")?Ke([H,[M,I,s,u],d,l||Date.now(),Date.now()]):typeof u=="function"&&u.apply(this,arguments)})}o(H,"go$open")}return o(Y,"open"),e}o(bn,"patch");function Ke(e){
Te("ENQUEUE",e[0].name,e[1]),K[X].push(e),wn()}o(Ke,"enqueue");var yr;function pa(){for(var e=Date.now(),t=0;t<K[X].length;++t)K[X][t].length>2&&(K[X][t][3]=e,K[X][t][4]=
e);wn()}o(pa,"resetQueue");function wn(){if(clearTimeout(yr),yr=void 0,K[X].length!==0){var e=K[X].shift(),t=e[0],r=e[1],n=e[2],i=e[3],a=e[4];if(i===void 0)Te("\
RETRY",t.name,r),t.apply(null,r);else if(Date.now()-i>=6e4){Te("TIMEOUT",t.name,r);var f=r.pop();typeof f=="function"&&f.call(null,n)}else{var c=Date.now()-a,p=Math.
max(a-i,1),y=Math.min(p*1.2,100);c>=y?(Te("RETRY",t.name,r),t.apply(null,r.concat([i]))):K[X].push(e)}yr===void 0&&(yr=setTimeout(wn,0))}}o(wn,"retry")});var ya=L((Jd,da)=>{function Q(e,t){typeof t=="boolean"&&(t={forever:t}),this._originalTimeouts=JSON.parse(JSON.stringify(e)),this._timeouts=e,this._options=t||{},
this._maxRetryTime=t&&t.maxRetryTime||1/0,this._fn=null,this._errors=[],this._attempts=1,this._operationTimeout=null,this._operationTimeoutCb=null,this._timeout=
null,this._operationStart=null,this._options.forever&&(this._cachedTimeouts=this._timeouts.slice(0))}o(Q,"RetryOperation");da.exports=Q;Q.prototype.reset=function(){
this._attempts=1,this._timeouts=this._originalTimeouts};Q.prototype.stop=function(){this._timeout&&clearTimeout(this._timeout),this._timeouts=[],this._cachedTimeouts=
null};Q.prototype.retry=function(e){if(this._timeout&&clearTimeout(this._timeout),!e)return!1;var t=new Date().getTime();if(e&&t-this._operationStart>=this._maxRetryTime)
return this._errors.unshift(new Error("RetryOperation timeout occurred")),!1;this._errors.push(e);var r=this._timeouts.shift();if(r===void 0)if(this._cachedTimeouts)
this._errors.splice(this._errors.length-1,this._errors.length),this._timeouts=this._cachedTimeouts.slice(0),r=this._timeouts.shift();else return!1;var n=this,i=setTimeout(
function(){n._attempts++,n._operationTimeoutCb&&(n._timeout=setTimeout(function(){n._operationTimeoutCb(n._attempts)},n._operationTimeout),n._options.unref&&n._timeout.
unref()),n._fn(n._attempts)},r);return this._options.unref&&i.unref(),!0};Q.prototype.attempt=function(e,t){this._fn=e,t&&(t.timeout&&(this._operationTimeout=t.
timeout),t.cb&&(this._operationTimeoutCb=t.cb));var r=this;this._operationTimeoutCb&&(this._timeout=setTimeout(function(){r._operationTimeoutCb()},r._operationTimeout)),
this._operationStart=new Date().getTime(),this._fn(this._attempts)};Q.prototype.try=function(e){console.log("Using RetryOperation.try() is deprecated"),this.attempt(
e)};Q.prototype.start=function(e){console.log("Using RetryOperation.start() is deprecated"),this.attempt(e)};Q.prototype.start=Q.prototype.try;Q.prototype.errors=
function(){return this._errors};Q.prototype.attempts=function(){return this._attempts};Q.prototype.mainError=function(){if(this._errors.length===0)return null;for(var e={},
t=null,r=0,n=0;n<this._errors.length;n++){var i=this._errors[n],a=i.message,f=(e[a]||0)+1;e[a]=f,f>=r&&(t=i,r=f)}return t}});var va=L(je=>{var th=ya();je.operation=function(e){var t=je.timeouts(e);return new th(t,{forever:e&&e.forever,unref:e&&e.unref,maxRetryTime:e&&e.maxRetryTime})};
je.timeouts=function(e){if(e instanceof Array)return[].concat(e);var t={retries:10,factor:2,minTimeout:1*1e3,maxTimeout:1/0,randomize:!1};for(var r in e)t[r]=e[r];
if(t.minTimeout>t.maxTimeout)throw new Error("minTimeout is greater than maxTimeout");for(var n=[],i=0;i<t.retries;i++)n.push(this.createTimeout(i,t));return e&&
e.forever&&!n.length&&n.push(this.createTimeout(i,t)),n.sort(function(a,f){return a-f}),n};je.createTimeout=function(e,t){var r=t.randomize?Math.random()+1:1,n=Math.
round(r*t.minTimeout*Math.pow(t.factor,e));return n=Math.min(n,t.maxTimeout),n};je.wrap=function(e,t,r){if(t instanceof Array&&(r=t,t=null),!r){r=[];for(var n in e)
typeof e[n]=="function"&&r.push(n)}for(var i=0;i<r.length;i++){var a=r[i],f=e[a];e[a]=o(function(p){var y=je.operation(t),h=Array.prototype.slice.call(arguments,
1),v=h.pop();h.push(function(w){y.retry(w)||(w&&(arguments[0]=y.mainError()),v.apply(this,arguments))}),y.attempt(function(){p.apply(e,h)})},"retryWrapper").bind(
e,f),e[a].options=t}}});var ga=L((ry,ma)=>{ma.exports=va()});var _a=L((ny,mr)=>{mr.exports=["SIGABRT","SIGALRM","SIGHUP","SIGINT","SIGTERM"];process.platform!=="win32"&&mr.exports.push("SIGVTALRM","SIGXCPU","SIGXFSZ","SIG\
USR2","SIGTRAP","SIGSYS","SIGQUIT","SIGIOT");process.platform==="linux"&&mr.exports.push("SIGIO","SIGPOLL","SIGPWR","SIGSTKFLT","SIGUNUSED")});var Ea=L((oy,Xe)=>{var $=global.process,Ue=o(function(e){return e&&typeof e=="object"&&typeof e.removeListener=="function"&&typeof e.emit=="function"&&typeof e.
reallyExit=="function"&&typeof e.listeners=="function"&&typeof e.kill=="function"&&typeof e.pid=="number"&&typeof e.on=="function"},"processOk");Ue($)?(ba=require("assert"),
Ye=_a(),wa=/^win/i.test($.platform),bt=require("events"),typeof bt!="function"&&(bt=bt.EventEmitter),$.__signal_exit_emitter__?Z=$.__signal_exit_emitter__:(Z=$.
__signal_exit_emitter__=new bt,Z.count=0,Z.emitted={}),Z.infinite||(Z.setMaxListeners(1/0),Z.infinite=!0),Xe.exports=function(e,t){if(!Ue(global.process))return function(){};
ba.equal(typeof e,"function","a callback must be provided for exit handler"),Ze===!1&&En();var r="exit";t&&t.alwaysLast&&(r="afterexit");var n=o(function(){Z.removeListener(
r,e),Z.listeners("exit").length===0&&Z.listeners("afterexit").length===0&&gr()},"remove");return Z.on(r,e),n},gr=o(function(){!Ze||!Ue(global.process)||(Ze=!1,Ye.
forEach(function(t){try{$.removeListener(t,_r[t])}catch{}}),$.emit=br,$.reallyExit=Pn,Z.count-=1)},"unload"),Xe.exports.unload=gr,Re=o(function(t,r,n){Z.emitted[t]||
(Z.emitted[t]=!0,Z.emit(t,r,n))},"emit"),_r={},Ye.forEach(function(e){_r[e]=o(function(){if(Ue(global.process)){var r=$.listeners(e);r.length===Z.count&&(gr(),Re(
"exit",null,e),Re("afterexit",null,e),wa&&e==="SIGHUP"&&(e="SIGINT"),$.kill($.pid,e))}},"listener")}),Xe.exports.signals=function(){return Ye},Ze=!1,En=o(function(){
Ze||!Ue(global.process)||(Ze=!0,Z.count+=1,Ye=Ye.filter(function(t){try{return $.on(t,_r[t]),!0}catch{return!1}}),$.emit=Oa,$.reallyExit=Sa)},"load"),Xe.exports.
load=En,Pn=$.reallyExit,Sa=o(function(t){Ue(global.process)&&($.exitCode=t||0,Re("exit",$.exitCode,null),Re("afterexit",$.exitCode,null),Pn.call($,$.exitCode))},
"processReallyExit"),br=$.emit,Oa=o(function(t,r){if(t==="exit"&&Ue(global.process)){r!==void 0&&($.exitCode=r);var n=br.apply(this,arguments);return Re("exit",
$.exitCode,null),Re("afterexit",$.exitCode,null),n}else return br.apply(this,arguments)},"processEmit")):Xe.exports=function(){return function(){}};var ba,Ye,wa,
bt,Z,gr,Re,_r,Ze,En,Pn,Sa,br,Oa});var xa=L((ay,xn)=>{"use strict";var Pa=Symbol();function rh(e,t,r){let n=t[Pa];if(n)return t.stat(e,(a,f)=>{if(a)return r(a);r(null,f.mtime,n)});let i=new Date(
Math.ceil(Date.now()/1e3)*1e3+5);t.utimes(e,i,i,a=>{if(a)return r(a);t.stat(e,(f,c)=>{if(f)return r(f);let p=c.mtime.getTime()%1e3===0?"s":"ms";Object.defineProperty(
t,Pa,{value:p}),r(null,c.mtime,p)})})}o(rh,"probe");function nh(e){let t=Date.now();return e==="s"&&(t=Math.ceil(t/1e3)*1e3),new Date(t)}o(nh,"getMtime");xn.exports.
probe=rh;xn.exports.getMtime=nh});var Ca=L((fy,St)=>{"use strict";var oh=require("path"),Un=On(),ih=ga(),ah=Ea(),Ta=xa(),oe={};function wt(e,t){return t.lockfilePath||`${e}.lock`}o(wt,"getLockFi\
le");function Rn(e,t,r){if(!t.realpath)return r(null,oh.resolve(e));t.fs.realpath(e,r)}o(Rn,"resolveCanonicalPath");function jn(e,t,r){let n=wt(e,t);t.fs.mkdir(
n,i=>{if(!i)return Ta.probe(n,t.fs,(a,f,c)=>{if(a)return t.fs.rmdir(n,()=>{}),r(a);r(null,f,c)});if(i.code!=="EEXIST")return r(i);if(t.stale<=0)return r(Object.
assign(new Error("Lock file is already being held"),{code:"ELOCKED",file:e}));t.fs.stat(n,(a,f)=>{if(a)return a.code==="ENOENT"?jn(e,{...t,stale:0},r):r(a);if(!ja(
f,t))return r(Object.assign(new Error("Lock file is already being held"),{code:"ELOCKED",file:e}));Ua(e,t,c=>{if(c)return r(c);jn(e,{...t,stale:0},r)})})})}o(jn,
"acquireLock");function ja(e,t){return e.mtime.getTime()<Date.now()-t.stale}o(ja,"isLockStale");function Ua(e,t,r){t.fs.rmdir(wt(e,t),n=>{if(n&&n.code!=="ENOENT")
return r(n);r()})}o(Ua,"removeLock");function wr(e,t){let r=oe[e];r.updateTimeout||(r.updateDelay=r.updateDelay||t.update,r.updateTimeout=setTimeout(()=>{r.updateTimeout=
null,t.fs.stat(r.lockfilePath,(n,i)=>{let a=r.lastUpdate+t.stale<Date.now();if(n)return n.code==="ENOENT"||a?Tn(e,r,Object.assign(n,{code:"ECOMPROMISED"})):(r.updateDelay=
1e3,wr(e,t));if(!(r.mtime.getTime()===i.mtime.getTime()))return Tn(e,r,Object.assign(new Error("Unable to update lock within the stale threshold"),{code:"ECOMPR\
OMISED"}));let c=Ta.getMtime(r.mtimePrecision);t.fs.utimes(r.lockfilePath,c,c,p=>{let y=r.lastUpdate+t.stale<Date.now();if(!r.released){if(p)return p.code==="EN\
OENT"||y?Tn(e,r,Object.assign(p,{code:"ECOMPROMISED"})):(r.updateDelay=1e3,wr(e,t));r.mtime=c,r.lastUpdate=Date.now(),r.updateDelay=null,wr(e,t)}})})},r.updateDelay),
r.updateTimeout.unref&&r.updateTimeout.unref())}o(wr,"updateLock");function Tn(e,t,r){t.released=!0,t.updateTimeout&&clearTimeout(t.updateTimeout),oe[e]===t&&delete oe[e],
t.options.onCompromised(r)}o(Tn,"setLockAsCompromised");function uh(e,t,r){t={stale:1e4,update:null,realpath:!0,retries:0,fs:Un,onCompromised:o(n=>{throw n},"on\
Compromised"),...t},t.retries=t.retries||0,t.retries=typeof t.retries=="number"?{retries:t.retries}:t.retries,t.stale=Math.max(t.stale||0,2e3),t.update=t.update==
null?t.stale/2:t.update||0,t.update=Math.max(Math.min(t.update,t.stale/2),1e3),Rn(e,t,(n,i)=>{if(n)return r(n);let a=ih.operation(t.retries);a.attempt(()=>{jn(i,
t,(f,c,p)=>{if(a.retry(f))return;if(f)return r(a.mainError());let y=oe[i]={lockfilePath:wt(i,t),mtime:c,mtimePrecision:p,options:t,lastUpdate:Date.now()};wr(i,t),
r(null,h=>{if(y.released)return h&&h(Object.assign(new Error("Lock is already released"),{code:"ERELEASED"}));Ra(i,{...t,realpath:!1},h)})})})})}o(uh,"lock");function Ra(e,t,r){
t={fs:Un,realpath:!0,...t},Rn(e,t,(n,i)=>{if(n)return r(n);let a=oe[i];if(!a)return r(Object.assign(new Error("Lock is not acquired/owned by you"),{code:"ENOTAC\
QUIRED"}));a.updateTimeout&&clearTimeout(a.updateTimeout),a.released=!0,delete oe[i],Ua(i,t,r)})}o(Ra,"unlock");function fh(e,t,r){t={stale:1e4,realpath:!0,fs:Un,
...t},t.stale=Math.max(t.stale||0,2e3),Rn(e,t,(n,i)=>{if(n)return r(n);t.fs.stat(wt(i,t),(a,f)=>a?a.code==="ENOENT"?r(null,!1):r(a):r(null,!ja(f,t)))})}o(fh,"ch\
eck");function lh(){return oe}o(lh,"getLocks");ah(()=>{for(let e in oe){let t=oe[e].options;try{t.fs.rmdirSync(wt(e,t))}catch{}}});St.exports.lock=uh;St.exports.
unlock=Ra;St.exports.check=fh;St.exports.getLocks=lh});var Ia=L((sy,La)=>{"use strict";var sh=On();function ch(e){let t=["mkdir","realpath","stat","rmdir","utimes"],r={...e};return t.forEach(n=>{r[n]=(...i)=>{let a=i.
pop(),f;try{f=e[`${n}Sync`](...i)}catch(c){return a(c)}a(null,f)}}),r}o(ch,"createSyncFs");function ph(e){return(...t)=>new Promise((r,n)=>{t.push((i,a)=>{i?n(i):
r(a)}),e(...t)})}o(ph,"toPromise");function hh(e){return(...t)=>{let r,n;if(t.push((i,a)=>{r=i,n=a}),e(...t),r)throw r;return n}}o(hh,"toSync");function dh(e){if(e=
{...e},e.fs=ch(e.fs||sh),typeof e.retries=="number"&&e.retries>0||e.retries&&typeof e.retries.retries=="number"&&e.retries.retries>0)throw Object.assign(new Error(
"Cannot use retries with the sync api"),{code:"ESYNC"});return e}o(dh,"toSyncOptions");La.exports={toPromise:ph,toSync:hh,toSyncOptions:dh}});var ka=L((py,ue)=>{"use strict";var Qe=Ca(),{toPromise:Sr,toSync:Or,toSyncOptions:Cn}=Ia();async function Aa(e,t){let r=await Sr(Qe.lock)(e,t);return Sr(r)}o(Aa,
"lock");function yh(e,t){let r=Or(Qe.lock)(e,Cn(t));return Or(r)}o(yh,"lockSync");function vh(e,t){return Sr(Qe.unlock)(e,t)}o(vh,"unlock");function mh(e,t){return Or(
Qe.unlock)(e,Cn(t))}o(mh,"unlockSync");function gh(e,t){return Sr(Qe.check)(e,t)}o(gh,"check");function _h(e,t){return Or(Qe.check)(e,Cn(t))}o(_h,"checkSync");ue.
exports=Aa;ue.exports.lock=Aa;ue.exports.unlock=vh;ue.exports.lockSync=yh;ue.exports.unlockSync=mh;ue.exports.check=gh;ue.exports.checkSync=_h});var Ma=L(Je=>{"use strict";Object.defineProperty(Je,"__esModule",{value:!0});Je.canStoreURLs=Je.FileUrlStorage=void 0;var Fa=require("fs"),bh=Sh(na()),Da=wh(ka());
function qa(e){if(typeof WeakMap!="function")return null;var t=new WeakMap,r=new WeakMap;return(qa=o(function(n){return n?r:t},"_getRequireWildcardCache"))(e)}o(
qa,"_getRequireWildcardCache");function wh(e,t){if(!t&&e&&e.__esModule)return e;if(e===null||typeof e!="object"&&typeof e!="function")return{default:e};var r=qa(
t);if(r&&r.has(e))return r.get(e);var n={__proto__:null},i=Object.defineProperty&&Object.getOwnPropertyDescriptor;for(var a in e)if(a!=="default"&&{}.hasOwnProperty.
call(e,a)){var f=i?Object.getOwnPropertyDescriptor(e,a):null;f&&(f.get||f.set)?Object.defineProperty(n,a,f):n[a]=e[a]}return n.default=e,r&&r.set(e,n),n}o(wh,"_\
interopRequireWildcard");function Sh(e){return e&&e.__esModule?e:{default:e}}o(Sh,"_interopRequireDefault");function Ot(e){"@babel/helpers - typeof";return Ot=typeof Symbol==
"function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol=="function"&&t.constructor===Symbol&&t!==Symbol.prototype?
"symbol":typeof t},Ot(e)}o(Ot,"_typeof");function Oh(e,t){if(!(e instanceof t))throw new TypeError("Cannot call a class as a function")}o(Oh,"_classCallCheck");
function Na(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,Ph(
n.key),n)}}o(Na,"_defineProperties");function Eh(e,t,r){return t&&Na(e.prototype,t),r&&Na(e,r),Object.defineProperty(e,"prototype",{writable:!1}),e}o(Eh,"_creat\
eClass");function Ph(e){var t=xh(e,"string");return Ot(t)=="symbol"?t:t+""}o(Ph,"_toPropertyKey");function xh(e,t){if(Ot(e)!="object"||!e)return e;var r=e[Symbol.
toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(Ot(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive value.")}return(t===
"string"?String:Number)(e)}o(xh,"_toPrimitive");var dy=Je.canStoreURLs=!0,yy=Je.FileUrlStorage=(function(){function e(t){Oh(this,e),this.path=t}return o(e,"File\
UrlStorage"),Eh(e,[{key:"findAllUploads",value:o(function(){var r=this;return new Promise(function(n,i){r._getItems("tus::",function(a,f){a?i(a):n(f)})})},"find\
AllUploads")},{key:"findUploadsByFingerprint",value:o(function(r){var n=this;return new Promise(function(i,a){n._getItems("tus::".concat(r),function(f,c){f?a(f):
i(c)})})},"findUploadsByFingerprint")},{key:"removeUpload",value:o(function(r){var n=this;return new Promise(function(i,a){n._removeItem(r,function(f){f?a(f):i()})})},
"removeUpload")},{key:"addUpload",value:o(function(r,n){var i=this,a=Math.round(Math.random()*1e12),f="tus::".concat(r,"::").concat(a);return new Promise(function(c,p){
i._setItem(f,n,function(y){y?p(y):c(f)})})},"addUpload")},{key:"_setItem",value:o(function(r,n,i){var a=this;Da.lock(this.path,this._lockfileOptions()).then(function(f){
i=a._releaseAndCb(f,i),a._getData(function(c,p){if(c){i(c);return}p[r]=n,a._writeData(p,function(y){return i(y)})})}).catch(i)},"_setItem")},{key:"_getItems",value:o(
function(r,n){this._getData(function(i,a){if(i){n(i);return}var f=Object.keys(a).filter(function(c){return c.startsWith(r)}).map(function(c){var p=a[c];return p.
urlStorageKey=c,p});n(null,f)})},"_getItems")},{key:"_removeItem",value:o(function(r,n){var i=this;Da.lock(this.path,this._lockfileOptions()).then(function(a){n=
i._releaseAndCb(a,n),i._getData(function(f,c){if(f){n(f);return}delete c[r],i._writeData(c,function(p){return n(p)})})}).catch(n)},"_removeItem")},{key:"_lockfi\
leOptions",value:o(function(){return{realpath:!1,retries:{retries:5,minTimeout:20}}},"_lockfileOptions")},{key:"_releaseAndCb",value:o(function(r,n){return function(i){
if(i){r().then(function(){return n(i)}).catch(function(a){return n((0,bh.default)([i,a]))});return}r().then(n).catch(n)}},"_releaseAndCb")},{key:"_writeData",value:o(
function(r,n){var i={encoding:"utf8",mode:432,flag:"w"};(0,Fa.writeFile)(this.path,JSON.stringify(r),i,function(a){return n(a)})},"_writeData")},{key:"_getData",
value:o(function(r){(0,Fa.readFile)(this.path,"utf8",function(n,i){if(n){n.code==="ENOENT"?r(null,{}):r(n);return}try{i=i.trim().length?JSON.parse(i):{}}catch(a){
r(a);return}r(null,i)})},"_getData")}])})()});Object.defineProperty(exports,"__esModule",{value:!0});Object.defineProperty(exports,"DefaultHttpStack",{enumerable:!0,get:o(function(){return za.default},"get")});
Object.defineProperty(exports,"DetailedError",{enumerable:!0,get:o(function(){return Th.default},"get")});Object.defineProperty(exports,"FileUrlStorage",{enumerable:!0,
get:o(function(){return $a.FileUrlStorage},"get")});Object.defineProperty(exports,"StreamSource",{enumerable:!0,get:o(function(){return Lh.default},"get")});exports.
Upload=void 0;Object.defineProperty(exports,"canStoreURLs",{enumerable:!0,get:o(function(){return $a.canStoreURLs},"get")});exports.defaultOptions=void 0;Object.
defineProperty(exports,"enableDebugLog",{enumerable:!0,get:o(function(){return jh.enableDebugLog},"get")});exports.isSupported=void 0;var Th=Ce(jr()),jh=Ur(),Uh=Ce(
Dn()),Ln=Ce(yo()),Rh=Ce(jo()),Ch=Ce(Lo()),za=Ce(Wo()),Lh=Ce(Gr()),$a=Ma();function Ce(e){return e&&e.__esModule?e:{default:e}}o(Ce,"_interopRequireDefault");function et(e){
"@babel/helpers - typeof";return et=typeof Symbol=="function"&&typeof Symbol.iterator=="symbol"?function(t){return typeof t}:function(t){return t&&typeof Symbol==
"function"&&t.constructor===Symbol&&t!==Symbol.prototype?"symbol":typeof t},et(e)}o(et,"_typeof");function Ih(e,t){if(!(e instanceof t))throw new TypeError("Can\
not call a class as a function")}o(Ih,"_classCallCheck");function Ga(e,t){for(var r=0;r<t.length;r++){var n=t[r];n.enumerable=n.enumerable||!1,n.configurable=!0,
"value"in n&&(n.writable=!0),Object.defineProperty(e,Ka(n.key),n)}}o(Ga,"_defineProperties");function Ah(e,t,r){return t&&Ga(e.prototype,t),r&&Ga(e,r),Object.defineProperty(
e,"prototype",{writable:!1}),e}o(Ah,"_createClass");function kh(e,t,r){return t=Er(t),Fh(e,Wa()?Reflect.construct(t,r||[],Er(e).constructor):t.apply(e,r))}o(kh,
"_callSuper");function Fh(e,t){if(t&&(et(t)==="object"||typeof t=="function"))return t;if(t!==void 0)throw new TypeError("Derived constructors may only return o\
bject or undefined");return Dh(e)}o(Fh,"_possibleConstructorReturn");function Dh(e){if(e===void 0)throw new ReferenceError("this hasn't been initialised - super\
() hasn't been called");return e}o(Dh,"_assertThisInitialized");function Wa(){try{var e=!Boolean.prototype.valueOf.call(Reflect.construct(Boolean,[],function(){}))}catch{}
return(Wa=o(function(){return!!e},"_isNativeReflectConstruct"))()}o(Wa,"_isNativeReflectConstruct");function Er(e){return Er=Object.setPrototypeOf?Object.getPrototypeOf.
bind():o(function(r){return r.__proto__||Object.getPrototypeOf(r)},"_getPrototypeOf"),Er(e)}o(Er,"_getPrototypeOf");function Nh(e,t){if(typeof t!="function"&&t!==
null)throw new TypeError("Super expression must either be null or a function");e.prototype=Object.create(t&&t.prototype,{constructor:{value:e,writable:!0,configurable:!0}}),
Object.defineProperty(e,"prototype",{writable:!1}),t&&In(e,t)}o(Nh,"_inherits");function In(e,t){return In=Object.setPrototypeOf?Object.setPrototypeOf.bind():o(
function(n,i){return n.__proto__=i,n},"_setPrototypeOf"),In(e,t)}o(In,"_setPrototypeOf");function Ha(e,t){var r=Object.keys(e);if(Object.getOwnPropertySymbols){
var n=Object.getOwnPropertySymbols(e);t&&(n=n.filter(function(i){return Object.getOwnPropertyDescriptor(e,i).enumerable})),r.push.apply(r,n)}return r}o(Ha,"ownK\
eys");function Ve(e){for(var t=1;t<arguments.length;t++){var r=arguments[t]!=null?arguments[t]:{};t%2?Ha(Object(r),!0).forEach(function(n){qh(e,n,r[n])}):Object.
getOwnPropertyDescriptors?Object.defineProperties(e,Object.getOwnPropertyDescriptors(r)):Ha(Object(r)).forEach(function(n){Object.defineProperty(e,n,Object.getOwnPropertyDescriptor(
r,n))})}return e}o(Ve,"_objectSpread");function qh(e,t,r){return t=Ka(t),t in e?Object.defineProperty(e,t,{value:r,enumerable:!0,configurable:!0,writable:!0}):e[t]=
r,e}o(qh,"_defineProperty");function Ka(e){var t=Mh(e,"string");return et(t)=="symbol"?t:t+""}o(Ka,"_toPropertyKey");function Mh(e,t){if(et(e)!="object"||!e)return e;
var r=e[Symbol.toPrimitive];if(r!==void 0){var n=r.call(e,t||"default");if(et(n)!="object")return n;throw new TypeError("@@toPrimitive must return a primitive v\
alue.")}return(t==="string"?String:Number)(e)}o(Mh,"_toPrimitive");var Ba=exports.defaultOptions=Ve(Ve({},Ln.default.defaultOptions),{},{httpStack:new za.default,
fileReader:new Rh.default,urlStorage:new Uh.default,fingerprint:Ch.default}),gy=exports.Upload=(function(e){function t(){var r=arguments.length>0&&arguments[0]!==
void 0?arguments[0]:null,n=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{};return Ih(this,t),n=Ve(Ve({},Ba),n),kh(this,t,[r,n])}return o(t,"Upload"),Nh(
t,e),Ah(t,null,[{key:"terminate",value:o(function(n){var i=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{};return i=Ve(Ve({},Ba),i),Ln.default.terminate(
n,i)},"terminate")}])})(Ln.default),_y=exports.isSupported=!0;
