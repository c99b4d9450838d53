var Xu=Object.create;var rt=Object.defineProperty;var Yu=Object.getOwnPropertyDescriptor;var Qu=Object.getOwnPropertyNames;var Zu=Object.getPrototypeOf,ed=Object.prototype.hasOwnProperty;var i=(t,e)=>rt(t,"name",{value:e,configurable:!0});var p=(t,e)=>()=>{try{return e||t((e={exports:{}}).exports,e),e.exports}catch(r){throw e=0,r}},td=(t,e)=>{for(var r in e)rt(t,r,{get:e[r],enumerable:!0})},uo=(t,e,r,n)=>{
if(e&&typeof e=="object"||typeof e=="function")for(let s of Qu(e))!ed.call(t,s)&&s!==r&&rt(t,s,{get:()=>e[s],enumerable:!(n=Yu(e,s))||n.enumerable});return t};var rd=(t,e,r)=>(r=t!=null?Xu(Zu(t)):{},uo(e||!t||!t.__esModule?rt(r,"default",{value:t,enumerable:!0}):r,t)),nd=t=>uo(rt({},"__esModule",{value:!0}),t);var te=p((dg,po)=>{var{format:lo}=require("util"),Gr=class extends Error{static{i(this,"OPError")}constructor({error_description:e,error:r,error_uri:n,session_state:s,
state:a,scope:c},o){super(e?`${r} (${e})`:r),Object.assign(this,{error:r},e&&{error_description:e},n&&{error_uri:n},a&&{state:a},c&&{scope:c},s&&{session_state:s}),
o&&Object.defineProperty(this,"response",{value:o}),this.name=this.constructor.name,Error.captureStackTrace(this,this.constructor)}},Xr=class extends Error{static{
i(this,"RPError")}constructor(...e){if(typeof e[0]=="string")super(lo(...e));else{let{message:r,printf:n,response:s,...a}=e[0];n?super(lo(...n)):super(r),Object.
assign(this,a),s&&Object.defineProperty(this,"response",{value:s})}this.name=this.constructor.name,Error.captureStackTrace(this,this.constructor)}};po.exports={
OPError:Gr,RPError:Xr}});var Qr=p(Yr=>{"use strict";Object.defineProperty(Yr,"__esModule",{value:!0});var sd=require("crypto"),id=i((t,e)=>(0,sd.createHash)(t).update(e).digest(),"diges\
t");Yr.default=id});var j=p(W=>{"use strict";Object.defineProperty(W,"__esModule",{value:!0});W.concatKdf=W.lengthAndInput=W.uint32be=W.uint64be=W.p2s=W.concat=W.decoder=W.encoder=
void 0;var od=Qr();W.encoder=new TextEncoder;W.decoder=new TextDecoder;var xt=2**32;function en(...t){let e=t.reduce((s,{length:a})=>s+a,0),r=new Uint8Array(e),
n=0;return t.forEach(s=>{r.set(s,n),n+=s.length}),r}i(en,"concat");W.concat=en;function ad(t,e){return en(W.encoder.encode(t),new Uint8Array([0]),e)}i(ad,"p2s");
W.p2s=ad;function Zr(t,e,r){if(e<0||e>=xt)throw new RangeError(`value must be >= 0 and <= ${xt-1}. Received ${e}`);t.set([e>>>24,e>>>16,e>>>8,e&255],r)}i(Zr,"wr\
iteUInt32BE");function cd(t){let e=Math.floor(t/xt),r=t%xt,n=new Uint8Array(8);return Zr(n,e,0),Zr(n,r,4),n}i(cd,"uint64be");W.uint64be=cd;function tn(t){let e=new Uint8Array(
4);return Zr(e,t),e}i(tn,"uint32be");W.uint32be=tn;function ud(t){return en(tn(t.length),t)}i(ud,"lengthAndInput");W.lengthAndInput=ud;async function dd(t,e,r){
let n=Math.ceil((e>>3)/32),s=new Uint8Array(n*32);for(let a=0;a<n;a++){let c=new Uint8Array(4+t.length+r.length);c.set(tn(a+1)),c.set(t,4),c.set(r,4+t.length),s.
set(await(0,od.default)("sha256",c),a*32)}return s.slice(0,e>>3)}i(dd,"concatKdf");W.concatKdf=dd});var H=p(V=>{"use strict";Object.defineProperty(V,"__esModule",{value:!0});V.decode=V.encode=V.encodeBase64=V.decodeBase64=void 0;var ke=require("buffer"),ld=j(),
fo;function pd(t){let e=t;return e instanceof Uint8Array&&(e=ld.decoder.decode(e)),e}i(pd,"normalize");ke.Buffer.isEncoding("base64url")?V.encode=fo=i(t=>ke.Buffer.
from(t).toString("base64url"),"encode"):V.encode=fo=i(t=>ke.Buffer.from(t).toString("base64").replace(/=/g,"").replace(/\+/g,"-").replace(/\//g,"_"),"encode");var fd=i(
t=>ke.Buffer.from(t,"base64"),"decodeBase64");V.decodeBase64=fd;var hd=i(t=>ke.Buffer.from(t).toString("base64"),"encodeBase64");V.encodeBase64=hd;var _d=i(t=>ke.
Buffer.from(pd(t),"base64"),"decode");V.decode=_d});var w=p(v=>{"use strict";Object.defineProperty(v,"__esModule",{value:!0});v.JWSSignatureVerificationFailed=v.JWKSTimeout=v.JWKSMultipleMatchingKeys=v.JWKSNoMatchingKey=
v.JWKSInvalid=v.JWKInvalid=v.JWTInvalid=v.JWSInvalid=v.JWEInvalid=v.JWEDecompressionFailed=v.JWEDecryptionFailed=v.JOSENotSupported=v.JOSEAlgNotAllowed=v.JWTExpired=
v.JWTClaimValidationFailed=v.JOSEError=void 0;var O=class extends Error{static{i(this,"JOSEError")}static get code(){return"ERR_JOSE_GENERIC"}constructor(e){var r;
super(e),this.code="ERR_JOSE_GENERIC",this.name=this.constructor.name,(r=Error.captureStackTrace)===null||r===void 0||r.call(Error,this,this.constructor)}};v.JOSEError=
O;var rn=class extends O{static{i(this,"JWTClaimValidationFailed")}static get code(){return"ERR_JWT_CLAIM_VALIDATION_FAILED"}constructor(e,r="unspecified",n="un\
specified"){super(e),this.code="ERR_JWT_CLAIM_VALIDATION_FAILED",this.claim=r,this.reason=n}};v.JWTClaimValidationFailed=rn;var nn=class extends O{static{i(this,
"JWTExpired")}static get code(){return"ERR_JWT_EXPIRED"}constructor(e,r="unspecified",n="unspecified"){super(e),this.code="ERR_JWT_EXPIRED",this.claim=r,this.reason=
n}};v.JWTExpired=nn;var sn=class extends O{static{i(this,"JOSEAlgNotAllowed")}constructor(){super(...arguments),this.code="ERR_JOSE_ALG_NOT_ALLOWED"}static get code(){
return"ERR_JOSE_ALG_NOT_ALLOWED"}};v.JOSEAlgNotAllowed=sn;var on=class extends O{static{i(this,"JOSENotSupported")}constructor(){super(...arguments),this.code="\
ERR_JOSE_NOT_SUPPORTED"}static get code(){return"ERR_JOSE_NOT_SUPPORTED"}};v.JOSENotSupported=on;var an=class extends O{static{i(this,"JWEDecryptionFailed")}constructor(){
super(...arguments),this.code="ERR_JWE_DECRYPTION_FAILED",this.message="decryption operation failed"}static get code(){return"ERR_JWE_DECRYPTION_FAILED"}};v.JWEDecryptionFailed=
an;var cn=class extends O{static{i(this,"JWEDecompressionFailed")}constructor(){super(...arguments),this.code="ERR_JWE_DECOMPRESSION_FAILED",this.message="decom\
pression operation failed"}static get code(){return"ERR_JWE_DECOMPRESSION_FAILED"}};v.JWEDecompressionFailed=cn;var un=class extends O{static{i(this,"JWEInvalid")}constructor(){
super(...arguments),this.code="ERR_JWE_INVALID"}static get code(){return"ERR_JWE_INVALID"}};v.JWEInvalid=un;var dn=class extends O{static{i(this,"JWSInvalid")}constructor(){
super(...arguments),this.code="ERR_JWS_INVALID"}static get code(){return"ERR_JWS_INVALID"}};v.JWSInvalid=dn;var ln=class extends O{static{i(this,"JWTInvalid")}constructor(){
super(...arguments),this.code="ERR_JWT_INVALID"}static get code(){return"ERR_JWT_INVALID"}};v.JWTInvalid=ln;var pn=class extends O{static{i(this,"JWKInvalid")}constructor(){
super(...arguments),this.code="ERR_JWK_INVALID"}static get code(){return"ERR_JWK_INVALID"}};v.JWKInvalid=pn;var fn=class extends O{static{i(this,"JWKSInvalid")}constructor(){
super(...arguments),this.code="ERR_JWKS_INVALID"}static get code(){return"ERR_JWKS_INVALID"}};v.JWKSInvalid=fn;var hn=class extends O{static{i(this,"JWKSNoMatch\
ingKey")}constructor(){super(...arguments),this.code="ERR_JWKS_NO_MATCHING_KEY",this.message="no applicable key found in the JSON Web Key Set"}static get code(){
return"ERR_JWKS_NO_MATCHING_KEY"}};v.JWKSNoMatchingKey=hn;var _n=class extends O{static{i(this,"JWKSMultipleMatchingKeys")}constructor(){super(...arguments),this.
code="ERR_JWKS_MULTIPLE_MATCHING_KEYS",this.message="multiple matching keys found in the JSON Web Key Set"}static get code(){return"ERR_JWKS_MULTIPLE_MATCHING_K\
EYS"}};v.JWKSMultipleMatchingKeys=_n;var yn=class extends O{static{i(this,"JWKSTimeout")}constructor(){super(...arguments),this.code="ERR_JWKS_TIMEOUT",this.message=
"request timed out"}static get code(){return"ERR_JWKS_TIMEOUT"}};v.JWKSTimeout=yn;var mn=class extends O{static{i(this,"JWSSignatureVerificationFailed")}constructor(){
super(...arguments),this.code="ERR_JWS_SIGNATURE_VERIFICATION_FAILED",this.message="signature verification failed"}static get code(){return"ERR_JWS_SIGNATURE_VE\
RIFICATION_FAILED"}};v.JWSSignatureVerificationFailed=mn});var nt=p(kt=>{"use strict";Object.defineProperty(kt,"__esModule",{value:!0});kt.default=void 0;var yd=require("crypto");Object.defineProperty(kt,"default",{enumerable:!0,
get:i(function(){return yd.randomFillSync},"get")})});var Kt=p(st=>{"use strict";Object.defineProperty(st,"__esModule",{value:!0});st.bitLength=void 0;var md=w(),gd=nt();function ho(t){switch(t){case"A128GCM":case"\
A128GCMKW":case"A192GCM":case"A192GCMKW":case"A256GCM":case"A256GCMKW":return 96;case"A128CBC-HS256":case"A192CBC-HS384":case"A256CBC-HS512":return 128;default:
throw new md.JOSENotSupported(`Unsupported JWE Algorithm: ${t}`)}}i(ho,"bitLength");st.bitLength=ho;st.default=t=>(0,gd.default)(new Uint8Array(ho(t)>>3))});var wn=p(gn=>{"use strict";Object.defineProperty(gn,"__esModule",{value:!0});var wd=w(),bd=Kt(),vd=i((t,e)=>{if(e.length<<3!==(0,bd.bitLength)(t))throw new wd.JWEInvalid(
"Invalid Initialization Vector length")},"checkIvLength");gn.default=vd});var U=p(bn=>{"use strict";Object.defineProperty(bn,"__esModule",{value:!0});var Sd=require("crypto"),_o=require("util");bn.default=_o.types.isKeyObject?t=>_o.types.
isKeyObject(t):t=>t!=null&&t instanceof Sd.KeyObject});var En=p(Sn=>{"use strict";Object.defineProperty(Sn,"__esModule",{value:!0});var vn=w(),Ed=U(),Pd=i((t,e)=>{let r;switch(t){case"A128CBC-HS256":case"A192CBC-HS3\
84":case"A256CBC-HS512":r=parseInt(t.slice(-3),10);break;case"A128GCM":case"A192GCM":case"A256GCM":r=parseInt(t.slice(1,4),10);break;default:throw new vn.JOSENotSupported(
`Content Encryption Algorithm ${t} is not supported either by JOSE or your javascript runtime`)}if(e instanceof Uint8Array){let n=e.byteLength<<3;if(n!==r)throw new vn.
JWEInvalid(`Invalid Content Encryption Key length. Expected ${r} bits, got ${n} bits`);return}if((0,Ed.default)(e)&&e.type==="secret"){let n=e.symmetricKeySize<<
3;if(n!==r)throw new vn.JWEInvalid(`Invalid Content Encryption Key length. Expected ${r} bits, got ${n} bits`);return}throw new TypeError("Invalid Content Encry\
ption Key type")},"checkCekLength");Sn.default=Pd});var yo=p(Pn=>{"use strict";Object.defineProperty(Pn,"__esModule",{value:!0});var jd=require("crypto"),Ad=jd.timingSafeEqual;Pn.default=Ad});var An=p(jn=>{"use strict";Object.defineProperty(jn,"__esModule",{value:!0});var Jd=require("crypto"),mo=j();function qd(t,e,r,n,s,a){let c=(0,mo.concat)(t,e,r,
(0,mo.uint64be)(t.length<<3)),o=(0,Jd.createHmac)(`sha${n}`,s);return o.update(c),o.digest().slice(0,a>>3)}i(qd,"cbcTag");jn.default=qd});var $=p(it=>{"use strict";Object.defineProperty(it,"__esModule",{value:!0});it.isCryptoKey=void 0;var Td=require("crypto"),go=require("util"),Wd=Td.webcrypto;it.
default=Wd;it.isCryptoKey=go.types.isCryptoKey?t=>go.types.isCryptoKey(t):t=>!1});var le=p(Ke=>{"use strict";Object.defineProperty(Ke,"__esModule",{value:!0});Ke.checkEncCryptoKey=Ke.checkSigCryptoKey=void 0;function K(t,e="algorithm.name"){return new TypeError(
`CryptoKey does not support this operation, its ${e} must be ${t}`)}i(K,"unusable");function de(t,e){return t.name===e}i(de,"isAlgorithm");function Ct(t){return parseInt(
t.name.slice(4),10)}i(Ct,"getHashLength");function Od(t){switch(t){case"ES256":return"P-256";case"ES384":return"P-384";case"ES512":return"P-521";default:throw new Error(
"unreachable")}}i(Od,"getNamedCurve");function wo(t,e){if(e.length&&!e.some(r=>t.usages.includes(r))){let r="CryptoKey does not support this operation, its usag\
es must include ";if(e.length>2){let n=e.pop();r+=`one of ${e.join(", ")}, or ${n}.`}else e.length===2?r+=`one of ${e[0]} or ${e[1]}.`:r+=`${e[0]}.`;throw new TypeError(
r)}}i(wo,"checkUsage");function xd(t,e,...r){switch(e){case"HS256":case"HS384":case"HS512":{if(!de(t.algorithm,"HMAC"))throw K("HMAC");let n=parseInt(e.slice(2),
10);if(Ct(t.algorithm.hash)!==n)throw K(`SHA-${n}`,"algorithm.hash");break}case"RS256":case"RS384":case"RS512":{if(!de(t.algorithm,"RSASSA-PKCS1-v1_5"))throw K(
"RSASSA-PKCS1-v1_5");let n=parseInt(e.slice(2),10);if(Ct(t.algorithm.hash)!==n)throw K(`SHA-${n}`,"algorithm.hash");break}case"PS256":case"PS384":case"PS512":{if(!de(
t.algorithm,"RSA-PSS"))throw K("RSA-PSS");let n=parseInt(e.slice(2),10);if(Ct(t.algorithm.hash)!==n)throw K(`SHA-${n}`,"algorithm.hash");break}case"EdDSA":{if(t.
algorithm.name!=="Ed25519"&&t.algorithm.name!=="Ed448")throw K("Ed25519 or Ed448");break}case"ES256":case"ES384":case"ES512":{if(!de(t.algorithm,"ECDSA"))throw K(
"ECDSA");let n=Od(e);if(t.algorithm.namedCurve!==n)throw K(n,"algorithm.namedCurve");break}default:throw new TypeError("CryptoKey does not support this operatio\
n")}wo(t,r)}i(xd,"checkSigCryptoKey");Ke.checkSigCryptoKey=xd;function kd(t,e,...r){switch(e){case"A128GCM":case"A192GCM":case"A256GCM":{if(!de(t.algorithm,"AES\
-GCM"))throw K("AES-GCM");let n=parseInt(e.slice(1,4),10);if(t.algorithm.length!==n)throw K(n,"algorithm.length");break}case"A128KW":case"A192KW":case"A256KW":{
if(!de(t.algorithm,"AES-KW"))throw K("AES-KW");let n=parseInt(e.slice(1,4),10);if(t.algorithm.length!==n)throw K(n,"algorithm.length");break}case"ECDH":{switch(t.
algorithm.name){case"ECDH":case"X25519":case"X448":break;default:throw K("ECDH, X25519, or X448")}break}case"PBES2-HS256+A128KW":case"PBES2-HS384+A192KW":case"P\
BES2-HS512+A256KW":if(!de(t.algorithm,"PBKDF2"))throw K("PBKDF2");break;case"RSA-OAEP":case"RSA-OAEP-256":case"RSA-OAEP-384":case"RSA-OAEP-512":{if(!de(t.algorithm,
"RSA-OAEP"))throw K("RSA-OAEP");let n=parseInt(e.slice(9),10)||1;if(Ct(t.algorithm.hash)!==n)throw K(`SHA-${n}`,"algorithm.hash");break}default:throw new TypeError(
"CryptoKey does not support this operation")}wo(t,r)}i(kd,"checkEncCryptoKey");Ke.checkEncCryptoKey=kd});var B=p(ot=>{"use strict";Object.defineProperty(ot,"__esModule",{value:!0});ot.withAlg=void 0;function bo(t,e,...r){if(r.length>2){let n=r.pop();t+=`one of type\
 ${r.join(", ")}, or ${n}.`}else r.length===2?t+=`one of type ${r[0]} or ${r[1]}.`:t+=`of type ${r[0]}.`;return e==null?t+=` Received ${e}`:typeof e=="function"&&
e.name?t+=` Received function ${e.name}`:typeof e=="object"&&e!=null&&e.constructor&&e.constructor.name&&(t+=` Received an instance of ${e.constructor.name}`),t}
i(bo,"message");ot.default=(t,...e)=>bo("Key must be ",t,...e);function Kd(t,e,...r){return bo(`Key for the ${t} algorithm must be `,e,...r)}i(Kd,"withAlg");ot.
withAlg=Kd});var It=p(qn=>{"use strict";Object.defineProperty(qn,"__esModule",{value:!0});var Cd=require("crypto"),Jn;qn.default=t=>(Jn||(Jn=new Set((0,Cd.getCiphers)())),Jn.
has(t))});var L=p(at=>{"use strict";Object.defineProperty(at,"__esModule",{value:!0});at.types=void 0;var Ht=$(),Id=U();at.default=t=>(0,Id.default)(t)||(0,Ht.isCryptoKey)(
t);var vo=["KeyObject"];at.types=vo;(globalThis.CryptoKey||!(Ht.default===null||Ht.default===void 0)&&Ht.default.CryptoKey)&&vo.push("CryptoKey")});var On=p(Wn=>{"use strict";Object.defineProperty(Wn,"__esModule",{value:!0});var Tn=require("crypto"),Hd=wn(),Rd=En(),Md=j(),Ce=w(),Dd=yo(),Nd=An(),Ud=$(),$d=le(),
So=U(),Bd=B(),Eo=It(),Ld=L();function Fd(t,e,r,n,s,a){let c=parseInt(t.slice(1,4),10);(0,So.default)(e)&&(e=e.export());let o=e.subarray(c>>3),d=e.subarray(0,c>>
3),u=parseInt(t.slice(-3),10),l=`aes-${c}-cbc`;if(!(0,Eo.default)(l))throw new Ce.JOSENotSupported(`alg ${t} is not supported by your javascript runtime`);let f=(0,Nd.
default)(a,n,r,u,d,c),_;try{_=(0,Dd.default)(s,f)}catch{}if(!_)throw new Ce.JWEDecryptionFailed;let g;try{let y=(0,Tn.createDecipheriv)(l,o,n);g=(0,Md.concat)(y.
update(r),y.final())}catch{}if(!g)throw new Ce.JWEDecryptionFailed;return g}i(Fd,"cbcDecrypt");function zd(t,e,r,n,s,a){let o=`aes-${parseInt(t.slice(1,4),10)}-\
gcm`;if(!(0,Eo.default)(o))throw new Ce.JOSENotSupported(`alg ${t} is not supported by your javascript runtime`);try{let d=(0,Tn.createDecipheriv)(o,e,n,{authTagLength:16});
d.setAuthTag(s),a.byteLength&&d.setAAD(a,{plaintextLength:r.length});let u=d.update(r);return d.final(),u}catch{throw new Ce.JWEDecryptionFailed}}i(zd,"gcmDecry\
pt");var Vd=i((t,e,r,n,s,a)=>{let c;if((0,Ud.isCryptoKey)(e))(0,$d.checkEncCryptoKey)(e,t,"decrypt"),c=Tn.KeyObject.from(e);else if(e instanceof Uint8Array||(0,So.
default)(e))c=e;else throw new TypeError((0,Bd.default)(e,...Ld.types,"Uint8Array"));switch((0,Rd.default)(t,c),(0,Hd.default)(t,n),t){case"A128CBC-HS256":case"\
A192CBC-HS384":case"A256CBC-HS512":return Fd(t,c,r,n,s,a);case"A128GCM":case"A192GCM":case"A256GCM":return zd(t,c,r,n,s,a);default:throw new Ce.JOSENotSupported(
"Unsupported JWE Content Encryption Algorithm")}},"decrypt");Wn.default=Vd});var xn=p(Ie=>{"use strict";Object.defineProperty(Ie,"__esModule",{value:!0});Ie.deflate=Ie.inflate=void 0;var Po=require("util"),jo=require("zlib"),Gd=w(),Xd=(0,Po.
promisify)(jo.inflateRaw),Yd=(0,Po.promisify)(jo.deflateRaw),Qd=i(t=>Xd(t,{maxOutputLength:25e4}).catch(()=>{throw new Gd.JWEDecompressionFailed}),"inflate");Ie.
inflate=Qd;var Zd=i(t=>Yd(t),"deflate");Ie.deflate=Zd});var He=p(kn=>{"use strict";Object.defineProperty(kn,"__esModule",{value:!0});var el=i((...t)=>{let e=t.filter(Boolean);if(e.length===0||e.length===1)return!0;let r;
for(let n of e){let s=Object.keys(n);if(!r||r.size===0){r=new Set(s);continue}for(let a of s){if(r.has(a))return!1;r.add(a)}}return!0},"isDisjoint");kn.default=
el});var R=p(Kn=>{"use strict";Object.defineProperty(Kn,"__esModule",{value:!0});function tl(t){return typeof t=="object"&&t!==null}i(tl,"isObjectLike");function rl(t){
if(!tl(t)||Object.prototype.toString.call(t)!=="[object Object]")return!1;if(Object.getPrototypeOf(t)===null)return!0;let e=t;for(;Object.getPrototypeOf(e)!==null;)
e=Object.getPrototypeOf(e);return Object.getPrototypeOf(t)===e}i(rl,"isObject");Kn.default=rl});var Mt=p(Re=>{"use strict";Object.defineProperty(Re,"__esModule",{value:!0});Re.unwrap=Re.wrap=void 0;var Ao=require("buffer"),Rt=require("crypto"),Jo=w(),qo=j(),
nl=$(),sl=le(),il=U(),ol=B(),To=It(),al=L();function Wo(t,e){if(t.symmetricKeySize<<3!==parseInt(e.slice(1,4),10))throw new TypeError(`Invalid key size for alg:\
 ${e}`)}i(Wo,"checkKeySize");function Oo(t,e,r){if((0,il.default)(t))return t;if(t instanceof Uint8Array)return(0,Rt.createSecretKey)(t);if((0,nl.isCryptoKey)(t))
return(0,sl.checkEncCryptoKey)(t,e,r),Rt.KeyObject.from(t);throw new TypeError((0,ol.default)(t,...al.types,"Uint8Array"))}i(Oo,"ensureKeyObject");var cl=i((t,e,r)=>{
let s=`aes${parseInt(t.slice(1,4),10)}-wrap`;if(!(0,To.default)(s))throw new Jo.JOSENotSupported(`alg ${t} is not supported either by JOSE or your javascript ru\
ntime`);let a=Oo(e,t,"wrapKey");Wo(a,t);let c=(0,Rt.createCipheriv)(s,a,Ao.Buffer.alloc(8,166));return(0,qo.concat)(c.update(r),c.final())},"wrap");Re.wrap=cl;var ul=i(
(t,e,r)=>{let s=`aes${parseInt(t.slice(1,4),10)}-wrap`;if(!(0,To.default)(s))throw new Jo.JOSENotSupported(`alg ${t} is not supported either by JOSE or your jav\
ascript runtime`);let a=Oo(e,t,"unwrapKey");Wo(a,t);let c=(0,Rt.createDecipheriv)(s,a,Ao.Buffer.alloc(8,166));return(0,qo.concat)(c.update(r),c.final())},"unwra\
p");Re.unwrap=ul});var ct=p(G=>{"use strict";Object.defineProperty(G,"__esModule",{value:!0});G.setCurve=G.weakMap=void 0;var Dt=require("buffer"),xo=require("crypto"),ko=w(),dl=$(),
ll=U(),pl=B(),fl=L(),hl=Dt.Buffer.from([42,134,72,206,61,3,1,7]),_l=Dt.Buffer.from([43,129,4,0,34]),yl=Dt.Buffer.from([43,129,4,0,35]),ml=Dt.Buffer.from([43,129,
4,0,10]);G.weakMap=new WeakMap;var gl=i(t=>{switch(t){case"prime256v1":return"P-256";case"secp384r1":return"P-384";case"secp521r1":return"P-521";case"secp256k1":
return"secp256k1";default:throw new ko.JOSENotSupported("Unsupported key curve for this operation")}},"namedCurveToJOSE"),Ko=i((t,e)=>{var r;let n;if((0,dl.isCryptoKey)(
t))n=xo.KeyObject.from(t);else if((0,ll.default)(t))n=t;else throw new TypeError((0,pl.default)(t,...fl.types));if(n.type==="secret")throw new TypeError('only "\
private" or "public" type keys can be used for this operation');switch(n.asymmetricKeyType){case"ed25519":case"ed448":return`Ed${n.asymmetricKeyType.slice(2)}`;case"\
x25519":case"x448":return`X${n.asymmetricKeyType.slice(1)}`;case"ec":{if(G.weakMap.has(n))return G.weakMap.get(n);let s=(r=n.asymmetricKeyDetails)===null||r===void 0?
void 0:r.namedCurve;if(!s&&n.type==="private")s=Ko((0,xo.createPublicKey)(n),!0);else if(!s){let c=n.export({format:"der",type:"spki"}),o=c[1]<128?14:15,d=c[o],
u=c.slice(o+1,o+1+d);if(u.equals(hl))s="prime256v1";else if(u.equals(_l))s="secp384r1";else if(u.equals(yl))s="secp521r1";else if(u.equals(ml))s="secp256k1";else
throw new ko.JOSENotSupported("Unsupported key curve for this operation")}if(e)return s;let a=gl(s);return G.weakMap.set(n,a),a}default:throw new TypeError("Inv\
alid asymmetric key type for this operation")}},"getNamedCurve");function wl(t,e){G.weakMap.set(t,e)}i(wl,"setCurve");G.setCurve=wl;G.default=Ko});var Dn=p(pe=>{"use strict";Object.defineProperty(pe,"__esModule",{value:!0});pe.ecdhAllowed=pe.generateEpk=pe.deriveKey=void 0;var ut=require("crypto"),bl=require("util"),
Io=ct(),Ee=j(),vl=w(),In=$(),Co=le(),Hn=U(),Rn=B(),Mn=L(),Cn=(0,bl.promisify)(ut.generateKeyPair);async function Sl(t,e,r,n,s=new Uint8Array(0),a=new Uint8Array(
0)){let c;if((0,In.isCryptoKey)(t))(0,Co.checkEncCryptoKey)(t,"ECDH"),c=ut.KeyObject.from(t);else if((0,Hn.default)(t))c=t;else throw new TypeError((0,Rn.default)(
t,...Mn.types));let o;if((0,In.isCryptoKey)(e))(0,Co.checkEncCryptoKey)(e,"ECDH","deriveBits"),o=ut.KeyObject.from(e);else if((0,Hn.default)(e))o=e;else throw new TypeError(
(0,Rn.default)(e,...Mn.types));let d=(0,Ee.concat)((0,Ee.lengthAndInput)(Ee.encoder.encode(r)),(0,Ee.lengthAndInput)(s),(0,Ee.lengthAndInput)(a),(0,Ee.uint32be)(
n)),u=(0,ut.diffieHellman)({privateKey:o,publicKey:c});return(0,Ee.concatKdf)(u,n,d)}i(Sl,"deriveKey");pe.deriveKey=Sl;async function El(t){let e;if((0,In.isCryptoKey)(
t))e=ut.KeyObject.from(t);else if((0,Hn.default)(t))e=t;else throw new TypeError((0,Rn.default)(t,...Mn.types));switch(e.asymmetricKeyType){case"x25519":return Cn(
"x25519");case"x448":return Cn("x448");case"ec":{let r=(0,Io.default)(e);return Cn("ec",{namedCurve:r})}default:throw new vl.JOSENotSupported("Invalid or unsupp\
orted EPK")}}i(El,"generateEpk");pe.generateEpk=El;var Pl=i(t=>["P-256","P-384","P-521","X25519","X448"].includes((0,Io.default)(t)),"ecdhAllowed");pe.ecdhAllowed=
Pl});var Ho=p(Nn=>{"use strict";Object.defineProperty(Nn,"__esModule",{value:!0});var jl=w();function Al(t){if(!(t instanceof Uint8Array)||t.length<8)throw new jl.JWEInvalid(
"PBES2 Salt Input must be 8 or more octets")}i(Al,"checkP2s");Nn.default=Al});var Un=p(Me=>{"use strict";Object.defineProperty(Me,"__esModule",{value:!0});Me.decrypt=Me.encrypt=void 0;var Jl=require("util"),Ro=require("crypto"),ql=nt(),Mo=j(),
Tl=H(),Do=Mt(),No=Ho(),Wl=$(),Ol=le(),xl=U(),kl=B(),Kl=L(),Uo=(0,Jl.promisify)(Ro.pbkdf2);function $o(t,e){if((0,xl.default)(t))return t.export();if(t instanceof
Uint8Array)return t;if((0,Wl.isCryptoKey)(t))return(0,Ol.checkEncCryptoKey)(t,e,"deriveBits","deriveKey"),Ro.KeyObject.from(t).export();throw new TypeError((0,kl.
default)(t,...Kl.types,"Uint8Array"))}i($o,"getPassword");var Cl=i(async(t,e,r,n=2048,s=(0,ql.default)(new Uint8Array(16)))=>{(0,No.default)(s);let a=(0,Mo.p2s)(
t,s),c=parseInt(t.slice(13,16),10)>>3,o=$o(e,t),d=await Uo(o,a,n,c,`sha${t.slice(8,11)}`);return{encryptedKey:await(0,Do.wrap)(t.slice(-6),d,r),p2c:n,p2s:(0,Tl.
encode)(s)}},"encrypt");Me.encrypt=Cl;var Il=i(async(t,e,r,n,s)=>{(0,No.default)(s);let a=(0,Mo.p2s)(t,s),c=parseInt(t.slice(13,16),10)>>3,o=$o(e,t),d=await Uo(
o,a,n,c,`sha${t.slice(8,11)}`);return(0,Do.unwrap)(t.slice(-6),d,r)},"decrypt");Me.decrypt=Il});var dt=p(X=>{"use strict";Object.defineProperty(X,"__esModule",{value:!0});X.setModulusLength=X.weakMap=void 0;X.weakMap=new WeakMap;var Nt=i((t,e)=>{let r=t.readUInt8(
1);if((r&128)===0)return e===0?r:Nt(t.subarray(2+r),e-1);let n=r&127;r=0;for(let s=0;s<n;s++){r<<=8;let a=t.readUInt8(2+s);r|=a}return e===0?r:Nt(t.subarray(2+r),
e-1)},"getLength"),Hl=i((t,e)=>{let r=t.readUInt8(1);if((r&128)===0)return Nt(t.subarray(2),e);let n=r&127;return Nt(t.subarray(2+n),e)},"getLengthOfSeqIndex"),
Rl=i(t=>{var e,r;if(X.weakMap.has(t))return X.weakMap.get(t);let n=(r=(e=t.asymmetricKeyDetails)===null||e===void 0?void 0:e.modulusLength)!==null&&r!==void 0?r:
Hl(t.export({format:"der",type:"pkcs1"}),t.type==="private"?1:0)-1<<3;return X.weakMap.set(t,n),n},"getModulusLength"),Ml=i((t,e)=>{X.weakMap.set(t,e)},"setModu\
lusLength");X.setModulusLength=Ml;X.default=(t,e)=>{if(Rl(t)<2048)throw new TypeError(`${e} requires key modulusLength to be 2048 bits or larger`)}});var $n=p(De=>{"use strict";Object.defineProperty(De,"__esModule",{value:!0});De.decrypt=De.encrypt=void 0;var lt=require("crypto"),Dl=dt(),Nl=$(),Ul=le(),$l=U(),
Bl=B(),Ll=L(),Bo=i((t,e)=>{if(t.asymmetricKeyType!=="rsa")throw new TypeError("Invalid key for this operation, its asymmetricKeyType must be rsa");(0,Dl.default)(
t,e)},"checkKey"),Lo=i(t=>{switch(t){case"RSA-OAEP":case"RSA-OAEP-256":case"RSA-OAEP-384":case"RSA-OAEP-512":return lt.constants.RSA_PKCS1_OAEP_PADDING;case"RSA\
1_5":return lt.constants.RSA_PKCS1_PADDING;default:return}},"resolvePadding"),Fo=i(t=>{switch(t){case"RSA-OAEP":return"sha1";case"RSA-OAEP-256":return"sha256";case"\
RSA-OAEP-384":return"sha384";case"RSA-OAEP-512":return"sha512";default:return}},"resolveOaepHash");function zo(t,e,...r){if((0,$l.default)(t))return t;if((0,Nl.
isCryptoKey)(t))return(0,Ul.checkEncCryptoKey)(t,e,...r),lt.KeyObject.from(t);throw new TypeError((0,Bl.default)(t,...Ll.types))}i(zo,"ensureKeyObject");var Fl=i(
(t,e,r)=>{let n=Lo(t),s=Fo(t),a=zo(e,t,"wrapKey","encrypt");return Bo(a,t),(0,lt.publicEncrypt)({key:a,oaepHash:s,padding:n},r)},"encrypt");De.encrypt=Fl;var zl=i(
(t,e,r)=>{let n=Lo(t),s=Fo(t),a=zo(e,t,"unwrapKey","decrypt");return Bo(a,t),(0,lt.privateDecrypt)({key:a,oaepHash:s,padding:n},r)},"decrypt");De.decrypt=zl});var ft=p(pt=>{"use strict";Object.defineProperty(pt,"__esModule",{value:!0});pt.bitLength=void 0;var Vl=w(),Gl=nt();function Vo(t){switch(t){case"A128GCM":return 128;case"\
A192GCM":return 192;case"A256GCM":case"A128CBC-HS256":return 256;case"A192CBC-HS384":return 384;case"A256CBC-HS512":return 512;default:throw new Vl.JOSENotSupported(
`Unsupported JWE Algorithm: ${t}`)}}i(Vo,"bitLength");pt.bitLength=Vo;pt.default=t=>(0,Gl.default)(new Uint8Array(Vo(t)>>3))});var $t=p(F=>{"use strict";Object.defineProperty(F,"__esModule",{value:!0});F.fromX509=F.fromSPKI=F.fromPKCS8=F.toPKCS8=F.toSPKI=void 0;var Ut=require("crypto"),
Go=require("buffer"),Xl=$(),Yl=U(),Ql=B(),Zl=L(),Xo=i((t,e,r)=>{let n;if((0,Xl.isCryptoKey)(r)){if(!r.extractable)throw new TypeError("CryptoKey is not extracta\
ble");n=Ut.KeyObject.from(r)}else if((0,Yl.default)(r))n=r;else throw new TypeError((0,Ql.default)(r,...Zl.types));if(n.type!==t)throw new TypeError(`key is not\
 a ${t} key`);return n.export({format:"pem",type:e})},"genericExport"),ep=i(t=>Xo("public","spki",t),"toSPKI");F.toSPKI=ep;var tp=i(t=>Xo("private","pkcs8",t),"\
toPKCS8");F.toPKCS8=tp;var rp=i(t=>(0,Ut.createPrivateKey)({key:Go.Buffer.from(t.replace(/(?:-----(?:BEGIN|END) PRIVATE KEY-----|\s)/g,""),"base64"),type:"pkcs8",
format:"der"}),"fromPKCS8");F.fromPKCS8=rp;var np=i(t=>(0,Ut.createPublicKey)({key:Go.Buffer.from(t.replace(/(?:-----(?:BEGIN|END) PUBLIC KEY-----|\s)/g,""),"ba\
se64"),type:"spki",format:"der"}),"fromSPKI");F.fromSPKI=np;var sp=i(t=>(0,Ut.createPublicKey)({key:t,type:"spki",format:"pem"}),"fromX509");F.fromX509=sp});var Yo=p(Fn=>{"use strict";Object.defineProperty(Fn,"__esModule",{value:!0});var J=require("buffer"),ip=w(),op=2,ap=3,cp=4,up=48,Bn=J.Buffer.from([0]),Bt=J.Buffer.
from([op]),dp=J.Buffer.from([ap]),lp=J.Buffer.from([up]),pp=J.Buffer.from([cp]),fe=i(t=>{if(t<128)return J.Buffer.from([t]);let e=J.Buffer.alloc(5);e.writeUInt32BE(
t,1);let r=1;for(;e[r]===0;)r++;return e[r-1]=128|5-r,e.slice(r-1)},"encodeLength"),fp=new Map([["P-256",J.Buffer.from("06 08 2A 86 48 CE 3D 03 01 07".replace(/ /g,
""),"hex")],["secp256k1",J.Buffer.from("06 05 2B 81 04 00 0A".replace(/ /g,""),"hex")],["P-384",J.Buffer.from("06 05 2B 81 04 00 22".replace(/ /g,""),"hex")],["\
P-521",J.Buffer.from("06 05 2B 81 04 00 23".replace(/ /g,""),"hex")],["ecPublicKey",J.Buffer.from("06 07 2A 86 48 CE 3D 02 01".replace(/ /g,""),"hex")],["X25519",
J.Buffer.from("06 03 2B 65 6E".replace(/ /g,""),"hex")],["X448",J.Buffer.from("06 03 2B 65 6F".replace(/ /g,""),"hex")],["Ed25519",J.Buffer.from("06 03 2B 65 70".
replace(/ /g,""),"hex")],["Ed448",J.Buffer.from("06 03 2B 65 71".replace(/ /g,""),"hex")]]),Ln=class{static{i(this,"DumbAsn1Encoder")}constructor(){this.length=
0,this.elements=[]}oidFor(e){let r=fp.get(e);if(!r)throw new ip.JOSENotSupported("Invalid or unsupported OID");this.elements.push(r),this.length+=r.length}zero(){
this.elements.push(Bt,J.Buffer.from([1]),Bn),this.length+=3}one(){this.elements.push(Bt,J.Buffer.from([1]),J.Buffer.from([1])),this.length+=3}unsignedInteger(e){
if(e[0]&128){let r=fe(e.length+1);this.elements.push(Bt,r,Bn,e),this.length+=2+r.length+e.length}else{let r=0;for(;e[r]===0&&(e[r+1]&128)===0;)r++;let n=fe(e.length-
r);this.elements.push(Bt,fe(e.length-r),e.slice(r)),this.length+=1+n.length+e.length-r}}octStr(e){let r=fe(e.length);this.elements.push(pp,fe(e.length),e),this.
length+=1+r.length+e.length}bitStr(e){let r=fe(e.length+1);this.elements.push(dp,fe(e.length+1),Bn,e),this.length+=1+r.length+e.length+1}add(e){this.elements.push(
e),this.length+=e.length}end(e=lp){let r=fe(this.length);return J.Buffer.concat([e,r,...this.elements],1+r.length+this.length)}};Fn.default=Ln});var ht=p(re=>{"use strict";Object.defineProperty(re,"__esModule",{value:!0});re.jwkImport=re.jwkExport=re.rsaPssParams=re.oneShotCallback=void 0;var[he,Lt]=process.
versions.node.split(".").map(t=>parseInt(t,10));re.oneShotCallback=he>=16||he===15&&Lt>=13;re.rsaPssParams=!("electron"in process.versions)&&(he>=17||he===16&&Lt>=
9);re.jwkExport=he>=16||he===15&&Lt>=9;re.jwkImport=he>=16||he===15&&Lt>=12});var Zo=p(zn=>{"use strict";Object.defineProperty(zn,"__esModule",{value:!0});var x=require("buffer"),oe=require("crypto"),hp=H(),_p=w(),Qo=ct(),yp=dt(),Y=Yo(),mp=ht(),
gp=i(t=>{if(mp.jwkImport&&t.kty!=="oct")return t.d?(0,oe.createPrivateKey)({format:"jwk",key:t}):(0,oe.createPublicKey)({format:"jwk",key:t});switch(t.kty){case"\
oct":return(0,oe.createSecretKey)((0,hp.decode)(t.k));case"RSA":{let e=new Y.default,r=t.d!==void 0,n=x.Buffer.from(t.n,"base64"),s=x.Buffer.from(t.e,"base64");
r?(e.zero(),e.unsignedInteger(n),e.unsignedInteger(s),e.unsignedInteger(x.Buffer.from(t.d,"base64")),e.unsignedInteger(x.Buffer.from(t.p,"base64")),e.unsignedInteger(
x.Buffer.from(t.q,"base64")),e.unsignedInteger(x.Buffer.from(t.dp,"base64")),e.unsignedInteger(x.Buffer.from(t.dq,"base64")),e.unsignedInteger(x.Buffer.from(t.qi,
"base64"))):(e.unsignedInteger(n),e.unsignedInteger(s));let c={key:e.end(),format:"der",type:"pkcs1"},o=r?(0,oe.createPrivateKey)(c):(0,oe.createPublicKey)(c);return(0,yp.
setModulusLength)(o,n.length<<3),o}case"EC":{let e=new Y.default,r=t.d!==void 0,n=x.Buffer.concat([x.Buffer.alloc(1,4),x.Buffer.from(t.x,"base64"),x.Buffer.from(
t.y,"base64")]);if(r){e.zero();let o=new Y.default;o.oidFor("ecPublicKey"),o.oidFor(t.crv),e.add(o.end());let d=new Y.default;d.one(),d.octStr(x.Buffer.from(t.d,
"base64"));let u=new Y.default;u.bitStr(n);let l=u.end(x.Buffer.from([161]));d.add(l);let f=d.end(),_=new Y.default;_.add(f);let g=_.end(x.Buffer.from([4]));e.add(
g);let y=e.end(),b=(0,oe.createPrivateKey)({key:y,format:"der",type:"pkcs8"});return(0,Qo.setCurve)(b,t.crv),b}let s=new Y.default;s.oidFor("ecPublicKey"),s.oidFor(
t.crv),e.add(s.end()),e.bitStr(n);let a=e.end(),c=(0,oe.createPublicKey)({key:a,format:"der",type:"spki"});return(0,Qo.setCurve)(c,t.crv),c}case"OKP":{let e=new Y.
default;if(t.d!==void 0){e.zero();let a=new Y.default;a.oidFor(t.crv),e.add(a.end());let c=new Y.default;c.octStr(x.Buffer.from(t.d,"base64"));let o=c.end(x.Buffer.
from([4]));e.add(o);let d=e.end();return(0,oe.createPrivateKey)({key:d,format:"der",type:"pkcs8"})}let n=new Y.default;n.oidFor(t.crv),e.add(n.end()),e.bitStr(x.
Buffer.from(t.x,"base64"));let s=e.end();return(0,oe.createPublicKey)({key:s,format:"der",type:"spki"})}default:throw new _p.JOSENotSupported('Invalid or unsupp\
orted JWK "kty" (Key Type) Parameter value')}},"parse");zn.default=gp});var _t=p(ne=>{"use strict";Object.defineProperty(ne,"__esModule",{value:!0});ne.importJWK=ne.importPKCS8=ne.importX509=ne.importSPKI=void 0;var wp=H(),Vn=$t(),ea=Zo(),
ta=w(),bp=R();async function vp(t,e,r){if(typeof t!="string"||t.indexOf("-----BEGIN PUBLIC KEY-----")!==0)throw new TypeError('"spki" must be SPKI formatted str\
ing');return(0,Vn.fromSPKI)(t,e,r)}i(vp,"importSPKI");ne.importSPKI=vp;async function Sp(t,e,r){if(typeof t!="string"||t.indexOf("-----BEGIN CERTIFICATE-----")!==
0)throw new TypeError('"x509" must be X.509 formatted string');return(0,Vn.fromX509)(t,e,r)}i(Sp,"importX509");ne.importX509=Sp;async function Ep(t,e,r){if(typeof t!=
"string"||t.indexOf("-----BEGIN PRIVATE KEY-----")!==0)throw new TypeError('"pkcs8" must be PKCS#8 formatted string');return(0,Vn.fromPKCS8)(t,e,r)}i(Ep,"import\
PKCS8");ne.importPKCS8=Ep;async function Pp(t,e,r){var n;if(!(0,bp.default)(t))throw new TypeError("JWK must be an object");switch(e||(e=t.alg),t.kty){case"oct":
if(typeof t.k!="string"||!t.k)throw new TypeError('missing "k" (Key Value) Parameter value');return r??(r=t.ext!==!0),r?(0,ea.default)({...t,alg:e,ext:(n=t.ext)!==
null&&n!==void 0?n:!1}):(0,wp.decode)(t.k);case"RSA":if(t.oth!==void 0)throw new ta.JOSENotSupported('RSA JWK "oth" (Other Primes Info) Parameter value is not s\
upported');case"EC":case"OKP":return(0,ea.default)({...t,alg:e});default:throw new ta.JOSENotSupported('Unsupported "kty" (Key Type) Parameter value')}}i(Pp,"im\
portJWK");ne.importJWK=Pp});var yt=p(Gn=>{"use strict";Object.defineProperty(Gn,"__esModule",{value:!0});var ra=B(),se=L(),jp=i((t,e)=>{if(!(e instanceof Uint8Array)){if(!(0,se.default)(e))
throw new TypeError((0,ra.withAlg)(t,e,...se.types,"Uint8Array"));if(e.type!=="secret")throw new TypeError(`${se.types.join(" or ")} instances for symmetric alg\
orithms must be of type "secret"`)}},"symmetricTypeCheck"),Ap=i((t,e,r)=>{if(!(0,se.default)(e))throw new TypeError((0,ra.withAlg)(t,e,...se.types));if(e.type===
"secret")throw new TypeError(`${se.types.join(" or ")} instances for asymmetric algorithms must not be of type "secret"`);if(r==="sign"&&e.type==="public")throw new TypeError(
`${se.types.join(" or ")} instances for asymmetric algorithm signing must be of type "private"`);if(r==="decrypt"&&e.type==="public")throw new TypeError(`${se.types.
join(" or ")} instances for asymmetric algorithm decryption must be of type "private"`);if(e.algorithm&&r==="verify"&&e.type==="private")throw new TypeError(`${se.
types.join(" or ")} instances for asymmetric algorithm verifying must be of type "public"`);if(e.algorithm&&r==="encrypt"&&e.type==="private")throw new TypeError(
`${se.types.join(" or ")} instances for asymmetric algorithm encryption must be of type "public"`)},"asymmetricTypeCheck"),Jp=i((t,e,r)=>{t.startsWith("HS")||t===
"dir"||t.startsWith("PBES2")||/^A\d{3}(?:GCM)?KW$/.test(t)?jp(t,e):Ap(t,e,r)},"checkKeyType");Gn.default=Jp});var Zn=p(Qn=>{"use strict";Object.defineProperty(Qn,"__esModule",{value:!0});var Xn=require("crypto"),qp=wn(),Tp=En(),Wp=j(),Op=An(),xp=$(),kp=le(),na=U(),Kp=B(),
Yn=w(),sa=It(),Cp=L();function Ip(t,e,r,n,s){let a=parseInt(t.slice(1,4),10);(0,na.default)(r)&&(r=r.export());let c=r.subarray(a>>3),o=r.subarray(0,a>>3),d=`ae\
s-${a}-cbc`;if(!(0,sa.default)(d))throw new Yn.JOSENotSupported(`alg ${t} is not supported by your javascript runtime`);let u=(0,Xn.createCipheriv)(d,c,n),l=(0,Wp.
concat)(u.update(e),u.final()),f=parseInt(t.slice(-3),10),_=(0,Op.default)(s,n,l,f,o,a);return{ciphertext:l,tag:_}}i(Ip,"cbcEncrypt");function Hp(t,e,r,n,s){let c=`\
aes-${parseInt(t.slice(1,4),10)}-gcm`;if(!(0,sa.default)(c))throw new Yn.JOSENotSupported(`alg ${t} is not supported by your javascript runtime`);let o=(0,Xn.createCipheriv)(
c,r,n,{authTagLength:16});s.byteLength&&o.setAAD(s,{plaintextLength:e.length});let d=o.update(e);o.final();let u=o.getAuthTag();return{ciphertext:d,tag:u}}i(Hp,
"gcmEncrypt");var Rp=i((t,e,r,n,s)=>{let a;if((0,xp.isCryptoKey)(r))(0,kp.checkEncCryptoKey)(r,t,"encrypt"),a=Xn.KeyObject.from(r);else if(r instanceof Uint8Array||
(0,na.default)(r))a=r;else throw new TypeError((0,Kp.default)(r,...Cp.types,"Uint8Array"));switch((0,Tp.default)(t,a),(0,qp.default)(t,n),t){case"A128CBC-HS256":case"\
A192CBC-HS384":case"A256CBC-HS512":return Ip(t,e,a,n,s);case"A128GCM":case"A192GCM":case"A256GCM":return Hp(t,e,a,n,s);default:throw new Yn.JOSENotSupported("Un\
supported JWE Content Encryption Algorithm")}},"encrypt");Qn.default=Rp});var es=p(Ne=>{"use strict";Object.defineProperty(Ne,"__esModule",{value:!0});Ne.unwrap=Ne.wrap=void 0;var Mp=Zn(),Dp=On(),Np=Kt(),ia=H();async function Up(t,e,r,n){
let s=t.slice(0,7);n||(n=(0,Np.default)(s));let{ciphertext:a,tag:c}=await(0,Mp.default)(s,r,e,n,new Uint8Array(0));return{encryptedKey:a,iv:(0,ia.encode)(n),tag:(0,ia.
encode)(c)}}i(Up,"wrap");Ne.wrap=Up;async function $p(t,e,r,n,s){let a=t.slice(0,7);return(0,Dp.default)(a,e,r,n,s,new Uint8Array(0))}i($p,"unwrap");Ne.unwrap=$p});var ca=p(ts=>{"use strict";Object.defineProperty(ts,"__esModule",{value:!0});var oa=Mt(),aa=Dn(),Bp=Un(),Lp=$n(),mt=H(),A=w(),Fp=ft(),zp=_t(),Vp=yt(),Gp=R(),Xp=es();
async function Yp(t,e,r,n,s){switch((0,Vp.default)(t,e,"decrypt"),t){case"dir":{if(r!==void 0)throw new A.JWEInvalid("Encountered unexpected JWE Encrypted Key");
return e}case"ECDH-ES":if(r!==void 0)throw new A.JWEInvalid("Encountered unexpected JWE Encrypted Key");case"ECDH-ES+A128KW":case"ECDH-ES+A192KW":case"ECDH-ES+A\
256KW":{if(!(0,Gp.default)(n.epk))throw new A.JWEInvalid('JOSE Header "epk" (Ephemeral Public Key) missing or invalid');if(!aa.ecdhAllowed(e))throw new A.JOSENotSupported(
"ECDH with the provided key is not allowed or not supported by your javascript runtime");let a=await(0,zp.importJWK)(n.epk,t),c,o;if(n.apu!==void 0){if(typeof n.
apu!="string")throw new A.JWEInvalid('JOSE Header "apu" (Agreement PartyUInfo) invalid');try{c=(0,mt.decode)(n.apu)}catch{throw new A.JWEInvalid("Failed to base\
64url decode the apu")}}if(n.apv!==void 0){if(typeof n.apv!="string")throw new A.JWEInvalid('JOSE Header "apv" (Agreement PartyVInfo) invalid');try{o=(0,mt.decode)(
n.apv)}catch{throw new A.JWEInvalid("Failed to base64url decode the apv")}}let d=await aa.deriveKey(a,e,t==="ECDH-ES"?n.enc:t,t==="ECDH-ES"?(0,Fp.bitLength)(n.enc):
parseInt(t.slice(-5,-2),10),c,o);if(t==="ECDH-ES")return d;if(r===void 0)throw new A.JWEInvalid("JWE Encrypted Key missing");return(0,oa.unwrap)(t.slice(-6),d,r)}case"\
RSA1_5":case"RSA-OAEP":case"RSA-OAEP-256":case"RSA-OAEP-384":case"RSA-OAEP-512":{if(r===void 0)throw new A.JWEInvalid("JWE Encrypted Key missing");return(0,Lp.decrypt)(
t,e,r)}case"PBES2-HS256+A128KW":case"PBES2-HS384+A192KW":case"PBES2-HS512+A256KW":{if(r===void 0)throw new A.JWEInvalid("JWE Encrypted Key missing");if(typeof n.
p2c!="number")throw new A.JWEInvalid('JOSE Header "p2c" (PBES2 Count) missing or invalid');let a=s?.maxPBES2Count||1e4;if(n.p2c>a)throw new A.JWEInvalid('JOSE H\
eader "p2c" (PBES2 Count) out is of acceptable bounds');if(typeof n.p2s!="string")throw new A.JWEInvalid('JOSE Header "p2s" (PBES2 Salt) missing or invalid');let c;
try{c=(0,mt.decode)(n.p2s)}catch{throw new A.JWEInvalid("Failed to base64url decode the p2s")}return(0,Bp.decrypt)(t,e,r,n.p2c,c)}case"A128KW":case"A192KW":case"\
A256KW":{if(r===void 0)throw new A.JWEInvalid("JWE Encrypted Key missing");return(0,oa.unwrap)(t,e,r)}case"A128GCMKW":case"A192GCMKW":case"A256GCMKW":{if(r===void 0)
throw new A.JWEInvalid("JWE Encrypted Key missing");if(typeof n.iv!="string")throw new A.JWEInvalid('JOSE Header "iv" (Initialization Vector) missing or invalid');
if(typeof n.tag!="string")throw new A.JWEInvalid('JOSE Header "tag" (Authentication Tag) missing or invalid');let a;try{a=(0,mt.decode)(n.iv)}catch{throw new A.
JWEInvalid("Failed to base64url decode the iv")}let c;try{c=(0,mt.decode)(n.tag)}catch{throw new A.JWEInvalid("Failed to base64url decode the tag")}return(0,Xp.
unwrap)(t,e,r,a,c)}default:throw new A.JOSENotSupported('Invalid or unsupported "alg" (JWE Algorithm) header value')}}i(Yp,"decryptKeyManagement");ts.default=Yp});var Ue=p(rs=>{"use strict";Object.defineProperty(rs,"__esModule",{value:!0});var Qp=w();function Zp(t,e,r,n,s){if(s.crit!==void 0&&n.crit===void 0)throw new t('\
"crit" (Critical) Header Parameter MUST be integrity protected');if(!n||n.crit===void 0)return new Set;if(!Array.isArray(n.crit)||n.crit.length===0||n.crit.some(
c=>typeof c!="string"||c.length===0))throw new t('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');let a;r!==void 0?a=new Map(
[...Object.entries(r),...e.entries()]):a=e;for(let c of n.crit){if(!a.has(c))throw new Qp.JOSENotSupported(`Extension Header Parameter "${c}" is not recognized`);
if(s[c]===void 0)throw new t(`Extension Header Parameter "${c}" is missing`);if(a.get(c)&&n[c]===void 0)throw new t(`Extension Header Parameter "${c}" MUST be i\
ntegrity protected`)}return new Set(n.crit)}i(Zp,"validateCrit");rs.default=Zp});var ss=p(ns=>{"use strict";Object.defineProperty(ns,"__esModule",{value:!0});var ef=i((t,e)=>{if(e!==void 0&&(!Array.isArray(e)||e.some(r=>typeof r!="string")))
throw new TypeError(`"${t}" option must be an array of strings`);if(e)return new Set(e)},"validateAlgorithms");ns.default=ef});var zt=p(Ft=>{"use strict";Object.defineProperty(Ft,"__esModule",{value:!0});Ft.flattenedDecrypt=void 0;var $e=H(),tf=On(),rf=xn(),P=w(),nf=He(),is=R(),sf=ca(),
gt=j(),of=ft(),af=Ue(),ua=ss();async function cf(t,e,r){var n;if(!(0,is.default)(t))throw new P.JWEInvalid("Flattened JWE must be an object");if(t.protected===void 0&&
t.header===void 0&&t.unprotected===void 0)throw new P.JWEInvalid("JOSE Header missing");if(typeof t.iv!="string")throw new P.JWEInvalid("JWE Initialization Vect\
or missing or incorrect type");if(typeof t.ciphertext!="string")throw new P.JWEInvalid("JWE Ciphertext missing or incorrect type");if(typeof t.tag!="string")throw new P.
JWEInvalid("JWE Authentication Tag missing or incorrect type");if(t.protected!==void 0&&typeof t.protected!="string")throw new P.JWEInvalid("JWE Protected Heade\
r incorrect type");if(t.encrypted_key!==void 0&&typeof t.encrypted_key!="string")throw new P.JWEInvalid("JWE Encrypted Key incorrect type");if(t.aad!==void 0&&typeof t.
aad!="string")throw new P.JWEInvalid("JWE AAD incorrect type");if(t.header!==void 0&&!(0,is.default)(t.header))throw new P.JWEInvalid("JWE Shared Unprotected He\
ader incorrect type");if(t.unprotected!==void 0&&!(0,is.default)(t.unprotected))throw new P.JWEInvalid("JWE Per-Recipient Unprotected Header incorrect type");let s;
if(t.protected)try{let T=(0,$e.decode)(t.protected);s=JSON.parse(gt.decoder.decode(T))}catch{throw new P.JWEInvalid("JWE Protected Header is invalid")}if(!(0,nf.
default)(s,t.header,t.unprotected))throw new P.JWEInvalid("JWE Protected, JWE Unprotected Header, and JWE Per-Recipient Unprotected Header Parameter names must \
be disjoint");let a={...s,...t.header,...t.unprotected};if((0,af.default)(P.JWEInvalid,new Map,r?.crit,s,a),a.zip!==void 0){if(!s||!s.zip)throw new P.JWEInvalid(
'JWE "zip" (Compression Algorithm) Header MUST be integrity protected');if(a.zip!=="DEF")throw new P.JOSENotSupported('Unsupported JWE "zip" (Compression Algori\
thm) Header Parameter value')}let{alg:c,enc:o}=a;if(typeof c!="string"||!c)throw new P.JWEInvalid("missing JWE Algorithm (alg) in JWE Header");if(typeof o!="str\
ing"||!o)throw new P.JWEInvalid("missing JWE Encryption Algorithm (enc) in JWE Header");let d=r&&(0,ua.default)("keyManagementAlgorithms",r.keyManagementAlgorithms),
u=r&&(0,ua.default)("contentEncryptionAlgorithms",r.contentEncryptionAlgorithms);if(d&&!d.has(c))throw new P.JOSEAlgNotAllowed('"alg" (Algorithm) Header Paramet\
er not allowed');if(u&&!u.has(o))throw new P.JOSEAlgNotAllowed('"enc" (Encryption Algorithm) Header Parameter not allowed');let l;if(t.encrypted_key!==void 0)try{
l=(0,$e.decode)(t.encrypted_key)}catch{throw new P.JWEInvalid("Failed to base64url decode the encrypted_key")}let f=!1;typeof e=="function"&&(e=await e(s,t),f=!0);
let _;try{_=await(0,sf.default)(c,e,l,a,r)}catch(T){if(T instanceof TypeError||T instanceof P.JWEInvalid||T instanceof P.JOSENotSupported)throw T;_=(0,of.default)(
o)}let g,y;try{g=(0,$e.decode)(t.iv)}catch{throw new P.JWEInvalid("Failed to base64url decode the iv")}try{y=(0,$e.decode)(t.tag)}catch{throw new P.JWEInvalid("\
Failed to base64url decode the tag")}let b=gt.encoder.encode((n=t.protected)!==null&&n!==void 0?n:""),E;t.aad!==void 0?E=(0,gt.concat)(b,gt.encoder.encode("."),
gt.encoder.encode(t.aad)):E=b;let q;try{q=(0,$e.decode)(t.ciphertext)}catch{throw new P.JWEInvalid("Failed to base64url decode the ciphertext")}let ue=await(0,tf.
default)(o,_,q,g,y,E);a.zip==="DEF"&&(ue=await(r?.inflateRaw||rf.inflate)(ue));let ee={plaintext:ue};if(t.protected!==void 0&&(ee.protectedHeader=s),t.aad!==void 0)
try{ee.additionalAuthenticatedData=(0,$e.decode)(t.aad)}catch{throw new P.JWEInvalid("Failed to base64url decode the aad")}return t.unprotected!==void 0&&(ee.sharedUnprotectedHeader=
t.unprotected),t.header!==void 0&&(ee.unprotectedHeader=t.header),f?{...ee,key:e}:ee}i(cf,"flattenedDecrypt");Ft.flattenedDecrypt=cf});var os=p(Vt=>{"use strict";Object.defineProperty(Vt,"__esModule",{value:!0});Vt.compactDecrypt=void 0;var uf=zt(),da=w(),df=j();async function lf(t,e,r){if(t instanceof
Uint8Array&&(t=df.decoder.decode(t)),typeof t!="string")throw new da.JWEInvalid("Compact JWE must be a string or Uint8Array");let{0:n,1:s,2:a,3:c,4:o,length:d}=t.
split(".");if(d!==5)throw new da.JWEInvalid("Invalid Compact JWE");let u=await(0,uf.flattenedDecrypt)({ciphertext:c,iv:a||void 0,protected:n||void 0,tag:o||void 0,
encrypted_key:s||void 0},e,r),l={plaintext:u.plaintext,protectedHeader:u.protectedHeader};return typeof e=="function"?{...l,key:u.key}:l}i(lf,"compactDecrypt");
Vt.compactDecrypt=lf});var pa=p(Xt=>{"use strict";Object.defineProperty(Xt,"__esModule",{value:!0});Xt.generalDecrypt=void 0;var pf=zt(),Gt=w(),la=R();async function ff(t,e,r){if(!(0,la.
default)(t))throw new Gt.JWEInvalid("General JWE must be an object");if(!Array.isArray(t.recipients)||!t.recipients.every(la.default))throw new Gt.JWEInvalid("J\
WE Recipients missing or incorrect type");if(!t.recipients.length)throw new Gt.JWEInvalid("JWE Recipients has no members");for(let n of t.recipients)try{return await(0,pf.
flattenedDecrypt)({aad:t.aad,ciphertext:t.ciphertext,encrypted_key:n.encrypted_key,header:n.header,iv:t.iv,protected:t.protected,tag:t.tag,unprotected:t.unprotected},
e,r)}catch{}throw new Gt.JWEDecryptionFailed}i(ff,"generalDecrypt");Xt.generalDecrypt=ff});var fa=p(cs=>{"use strict";Object.defineProperty(cs,"__esModule",{value:!0});var hf=2,_f=48,as=class{static{i(this,"Asn1SequenceDecoder")}constructor(e){if(e[0]!==
_f)throw new TypeError;if(this.buffer=e,this.offset=1,this.decodeLength()!==e.length-this.offset)throw new TypeError}decodeLength(){let e=this.buffer[this.offset++];
if(e&128){let r=e&-129;e=0;for(let n=0;n<r;n++)e=e<<8|this.buffer[this.offset+n];this.offset+=r}return e}unsignedInteger(){if(this.buffer[this.offset++]!==hf)throw new TypeError;
let e=this.decodeLength();this.buffer[this.offset]===0&&(this.offset++,e--);let r=this.buffer.slice(this.offset,this.offset+e);return this.offset+=e,r}end(){if(this.
offset!==this.buffer.length)throw new TypeError}};cs.default=as});var ha=p(ds=>{"use strict";Object.defineProperty(ds,"__esModule",{value:!0});var Yt=require("crypto"),C=H(),yf=fa(),Qt=w(),us=ct(),mf=$(),gf=U(),wf=B(),bf=L(),vf=ht(),
Zt=i(t=>{let e;if((0,mf.isCryptoKey)(t)){if(!t.extractable)throw new TypeError("CryptoKey is not extractable");e=Yt.KeyObject.from(t)}else if((0,gf.default)(t))
e=t;else{if(t instanceof Uint8Array)return{kty:"oct",k:(0,C.encode)(t)};throw new TypeError((0,wf.default)(t,...bf.types,"Uint8Array"))}if(vf.jwkExport){if(e.type!==
"secret"&&!["rsa","ec","ed25519","x25519","ed448","x448"].includes(e.asymmetricKeyType))throw new Qt.JOSENotSupported("Unsupported key asymmetricKeyType");return e.
export({format:"jwk"})}switch(e.type){case"secret":return{kty:"oct",k:(0,C.encode)(e.export())};case"private":case"public":switch(e.asymmetricKeyType){case"rsa":{
let r=e.export({format:"der",type:"pkcs1"}),n=new yf.default(r);e.type==="private"&&n.unsignedInteger();let s=(0,C.encode)(n.unsignedInteger()),a=(0,C.encode)(n.
unsignedInteger()),c;return e.type==="private"&&(c={d:(0,C.encode)(n.unsignedInteger()),p:(0,C.encode)(n.unsignedInteger()),q:(0,C.encode)(n.unsignedInteger()),
dp:(0,C.encode)(n.unsignedInteger()),dq:(0,C.encode)(n.unsignedInteger()),qi:(0,C.encode)(n.unsignedInteger())}),n.end(),{kty:"RSA",n:s,e:a,...c}}case"ec":{let r=(0,us.
default)(e),n,s,a;switch(r){case"secp256k1":n=64,s=33,a=-1;break;case"P-256":n=64,s=36,a=-1;break;case"P-384":n=96,s=35,a=-3;break;case"P-521":n=132,s=35,a=-3;break;default:
throw new Qt.JOSENotSupported("Unsupported curve")}if(e.type==="public"){let o=e.export({type:"spki",format:"der"});return{kty:"EC",crv:r,x:(0,C.encode)(o.subarray(
-n,-n/2)),y:(0,C.encode)(o.subarray(-n/2))}}let c=e.export({type:"pkcs8",format:"der"});return c.length<100&&(s+=a),{...Zt((0,Yt.createPublicKey)(e)),d:(0,C.encode)(
c.subarray(s,s+n/2))}}case"ed25519":case"x25519":{let r=(0,us.default)(e);if(e.type==="public"){let s=e.export({type:"spki",format:"der"});return{kty:"OKP",crv:r,
x:(0,C.encode)(s.subarray(-32))}}let n=e.export({type:"pkcs8",format:"der"});return{...Zt((0,Yt.createPublicKey)(e)),d:(0,C.encode)(n.subarray(-32))}}case"ed448":case"\
x448":{let r=(0,us.default)(e);if(e.type==="public"){let s=e.export({type:"spki",format:"der"});return{kty:"OKP",crv:r,x:(0,C.encode)(s.subarray(r==="Ed448"?-57:
-56))}}let n=e.export({type:"pkcs8",format:"der"});return{...Zt((0,Yt.createPublicKey)(e)),d:(0,C.encode)(n.subarray(r==="Ed448"?-57:-56))}}default:throw new Qt.
JOSENotSupported("Unsupported key asymmetricKeyType")}default:throw new Qt.JOSENotSupported("Unsupported key type")}},"keyToJWK");ds.default=Zt});var ls=p(_e=>{"use strict";Object.defineProperty(_e,"__esModule",{value:!0});_e.exportJWK=_e.exportPKCS8=_e.exportSPKI=void 0;var Sf=$t(),Ef=$t(),Pf=ha();async function jf(t){
return(0,Sf.toSPKI)(t)}i(jf,"exportSPKI");_e.exportSPKI=jf;async function Af(t){return(0,Ef.toPKCS8)(t)}i(Af,"exportPKCS8");_e.exportPKCS8=Af;async function Jf(t){
return(0,Pf.default)(t)}i(Jf,"exportJWK");_e.exportJWK=Jf});var hs=p(fs=>{"use strict";Object.defineProperty(fs,"__esModule",{value:!0});var _a=Mt(),ps=Dn(),qf=Un(),Tf=$n(),ya=H(),Be=ft(),ma=w(),Wf=ls(),Of=yt(),xf=es();async function kf(t,e,r,n,s={}){
let a,c,o;switch((0,Of.default)(t,r,"encrypt"),t){case"dir":{o=r;break}case"ECDH-ES":case"ECDH-ES+A128KW":case"ECDH-ES+A192KW":case"ECDH-ES+A256KW":{if(!ps.ecdhAllowed(
r))throw new ma.JOSENotSupported("ECDH with the provided key is not allowed or not supported by your javascript runtime");let{apu:d,apv:u}=s,{epk:l}=s;l||(l=(await ps.
generateEpk(r)).privateKey);let{x:f,y:_,crv:g,kty:y}=await(0,Wf.exportJWK)(l),b=await ps.deriveKey(r,l,t==="ECDH-ES"?e:t,t==="ECDH-ES"?(0,Be.bitLength)(e):parseInt(
t.slice(-5,-2),10),d,u);if(c={epk:{x:f,crv:g,kty:y}},y==="EC"&&(c.epk.y=_),d&&(c.apu=(0,ya.encode)(d)),u&&(c.apv=(0,ya.encode)(u)),t==="ECDH-ES"){o=b;break}o=n||
(0,Be.default)(e);let E=t.slice(-6);a=await(0,_a.wrap)(E,b,o);break}case"RSA1_5":case"RSA-OAEP":case"RSA-OAEP-256":case"RSA-OAEP-384":case"RSA-OAEP-512":{o=n||(0,Be.
default)(e),a=await(0,Tf.encrypt)(t,r,o);break}case"PBES2-HS256+A128KW":case"PBES2-HS384+A192KW":case"PBES2-HS512+A256KW":{o=n||(0,Be.default)(e);let{p2c:d,p2s:u}=s;
({encryptedKey:a,...c}=await(0,qf.encrypt)(t,r,o,d,u));break}case"A128KW":case"A192KW":case"A256KW":{o=n||(0,Be.default)(e),a=await(0,_a.wrap)(t,r,o);break}case"\
A128GCMKW":case"A192GCMKW":case"A256GCMKW":{o=n||(0,Be.default)(e);let{iv:d}=s;({encryptedKey:a,...c}=await(0,xf.wrap)(t,r,o,d));break}default:throw new ma.JOSENotSupported(
'Invalid or unsupported "alg" (JWE Algorithm) header value')}return{cek:o,encryptedKey:a,parameters:c}}i(kf,"encryptKeyManagement");fs.default=kf});var er=p(je=>{"use strict";Object.defineProperty(je,"__esModule",{value:!0});je.FlattenedEncrypt=je.unprotected=void 0;var Le=H(),ga=Zn(),Kf=xn(),Cf=Kt(),If=hs(),
Pe=w(),Hf=He(),Fe=j(),Rf=Ue();je.unprotected=Symbol();var _s=class{static{i(this,"FlattenedEncrypt")}constructor(e){if(!(e instanceof Uint8Array))throw new TypeError(
"plaintext must be an instance of Uint8Array");this._plaintext=e}setKeyManagementParameters(e){if(this._keyManagementParameters)throw new TypeError("setKeyManag\
ementParameters can only be called once");return this._keyManagementParameters=e,this}setProtectedHeader(e){if(this._protectedHeader)throw new TypeError("setPro\
tectedHeader can only be called once");return this._protectedHeader=e,this}setSharedUnprotectedHeader(e){if(this._sharedUnprotectedHeader)throw new TypeError("s\
etSharedUnprotectedHeader can only be called once");return this._sharedUnprotectedHeader=e,this}setUnprotectedHeader(e){if(this._unprotectedHeader)throw new TypeError(
"setUnprotectedHeader can only be called once");return this._unprotectedHeader=e,this}setAdditionalAuthenticatedData(e){return this._aad=e,this}setContentEncryptionKey(e){
if(this._cek)throw new TypeError("setContentEncryptionKey can only be called once");return this._cek=e,this}setInitializationVector(e){if(this._iv)throw new TypeError(
"setInitializationVector can only be called once");return this._iv=e,this}async encrypt(e,r){if(!this._protectedHeader&&!this._unprotectedHeader&&!this._sharedUnprotectedHeader)
throw new Pe.JWEInvalid("either setProtectedHeader, setUnprotectedHeader, or sharedUnprotectedHeader must be called before #encrypt()");if(!(0,Hf.default)(this.
_protectedHeader,this._unprotectedHeader,this._sharedUnprotectedHeader))throw new Pe.JWEInvalid("JWE Protected, JWE Shared Unprotected and JWE Per-Recipient Hea\
der Parameter names must be disjoint");let n={...this._protectedHeader,...this._unprotectedHeader,...this._sharedUnprotectedHeader};if((0,Rf.default)(Pe.JWEInvalid,
new Map,r?.crit,this._protectedHeader,n),n.zip!==void 0){if(!this._protectedHeader||!this._protectedHeader.zip)throw new Pe.JWEInvalid('JWE "zip" (Compression A\
lgorithm) Header MUST be integrity protected');if(n.zip!=="DEF")throw new Pe.JOSENotSupported('Unsupported JWE "zip" (Compression Algorithm) Header Parameter va\
lue')}let{alg:s,enc:a}=n;if(typeof s!="string"||!s)throw new Pe.JWEInvalid('JWE "alg" (Algorithm) Header Parameter missing or invalid');if(typeof a!="string"||!a)
throw new Pe.JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter missing or invalid');let c;if(s==="dir"){if(this._cek)throw new TypeError("setContent\
EncryptionKey cannot be called when using Direct Encryption")}else if(s==="ECDH-ES"&&this._cek)throw new TypeError("setContentEncryptionKey cannot be called whe\
n using Direct Key Agreement");let o;{let y;({cek:o,encryptedKey:c,parameters:y}=await(0,If.default)(s,a,e,this._cek,this._keyManagementParameters)),y&&(r&&je.unprotected in
r?this._unprotectedHeader?this._unprotectedHeader={...this._unprotectedHeader,...y}:this.setUnprotectedHeader(y):this._protectedHeader?this._protectedHeader={...this.
_protectedHeader,...y}:this.setProtectedHeader(y))}this._iv||(this._iv=(0,Cf.default)(a));let d,u,l;this._protectedHeader?u=Fe.encoder.encode((0,Le.encode)(JSON.
stringify(this._protectedHeader))):u=Fe.encoder.encode(""),this._aad?(l=(0,Le.encode)(this._aad),d=(0,Fe.concat)(u,Fe.encoder.encode("."),Fe.encoder.encode(l))):
d=u;let f,_;if(n.zip==="DEF"){let y=await(r?.deflateRaw||Kf.deflate)(this._plaintext);({ciphertext:f,tag:_}=await(0,ga.default)(a,y,o,this._iv,d))}else({ciphertext:f,
tag:_}=await(0,ga.default)(a,this._plaintext,o,this._iv,d));let g={ciphertext:(0,Le.encode)(f),iv:(0,Le.encode)(this._iv),tag:(0,Le.encode)(_)};return c&&(g.encrypted_key=
(0,Le.encode)(c)),l&&(g.aad=l),this._protectedHeader&&(g.protected=Fe.decoder.decode(u)),this._sharedUnprotectedHeader&&(g.unprotected=this._sharedUnprotectedHeader),
this._unprotectedHeader&&(g.header=this._unprotectedHeader),g}};je.FlattenedEncrypt=_s});var wa=p(tr=>{"use strict";Object.defineProperty(tr,"__esModule",{value:!0});tr.GeneralEncrypt=void 0;var ys=er(),ye=w(),Mf=ft(),Df=He(),Nf=hs(),Uf=H(),$f=Ue(),
ms=class{static{i(this,"IndividualRecipient")}constructor(e,r,n){this.parent=e,this.key=r,this.options=n}setUnprotectedHeader(e){if(this.unprotectedHeader)throw new TypeError(
"setUnprotectedHeader can only be called once");return this.unprotectedHeader=e,this}addRecipient(...e){return this.parent.addRecipient(...e)}encrypt(...e){return this.
parent.encrypt(...e)}done(){return this.parent}},gs=class{static{i(this,"GeneralEncrypt")}constructor(e){this._recipients=[],this._plaintext=e}addRecipient(e,r){
let n=new ms(this,e,{crit:r?.crit});return this._recipients.push(n),n}setProtectedHeader(e){if(this._protectedHeader)throw new TypeError("setProtectedHeader can\
 only be called once");return this._protectedHeader=e,this}setSharedUnprotectedHeader(e){if(this._unprotectedHeader)throw new TypeError("setSharedUnprotectedHea\
der can only be called once");return this._unprotectedHeader=e,this}setAdditionalAuthenticatedData(e){return this._aad=e,this}async encrypt(e){var r,n,s;if(!this.
_recipients.length)throw new ye.JWEInvalid("at least one recipient must be added");if(e={deflateRaw:e?.deflateRaw},this._recipients.length===1){let[d]=this._recipients,
u=await new ys.FlattenedEncrypt(this._plaintext).setAdditionalAuthenticatedData(this._aad).setProtectedHeader(this._protectedHeader).setSharedUnprotectedHeader(
this._unprotectedHeader).setUnprotectedHeader(d.unprotectedHeader).encrypt(d.key,{...d.options,...e}),l={ciphertext:u.ciphertext,iv:u.iv,recipients:[{}],tag:u.tag};
return u.aad&&(l.aad=u.aad),u.protected&&(l.protected=u.protected),u.unprotected&&(l.unprotected=u.unprotected),u.encrypted_key&&(l.recipients[0].encrypted_key=
u.encrypted_key),u.header&&(l.recipients[0].header=u.header),l}let a;for(let d=0;d<this._recipients.length;d++){let u=this._recipients[d];if(!(0,Df.default)(this.
_protectedHeader,this._unprotectedHeader,u.unprotectedHeader))throw new ye.JWEInvalid("JWE Protected, JWE Shared Unprotected and JWE Per-Recipient Header Parame\
ter names must be disjoint");let l={...this._protectedHeader,...this._unprotectedHeader,...u.unprotectedHeader},{alg:f}=l;if(typeof f!="string"||!f)throw new ye.
JWEInvalid('JWE "alg" (Algorithm) Header Parameter missing or invalid');if(f==="dir"||f==="ECDH-ES")throw new ye.JWEInvalid('"dir" and "ECDH-ES" alg may only be\
 used with a single recipient');if(typeof l.enc!="string"||!l.enc)throw new ye.JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter missing or invalid');
if(!a)a=l.enc;else if(a!==l.enc)throw new ye.JWEInvalid('JWE "enc" (Encryption Algorithm) Header Parameter must be the same for all recipients');if((0,$f.default)(
ye.JWEInvalid,new Map,u.options.crit,this._protectedHeader,l),l.zip!==void 0&&(!this._protectedHeader||!this._protectedHeader.zip))throw new ye.JWEInvalid('JWE \
"zip" (Compression Algorithm) Header MUST be integrity protected')}let c=(0,Mf.default)(a),o={ciphertext:"",iv:"",recipients:[],tag:""};for(let d=0;d<this._recipients.
length;d++){let u=this._recipients[d],l={};o.recipients.push(l);let _={...this._protectedHeader,...this._unprotectedHeader,...u.unprotectedHeader}.alg.startsWith(
"PBES2")?2048+d:void 0;if(d===0){let b=await new ys.FlattenedEncrypt(this._plaintext).setAdditionalAuthenticatedData(this._aad).setContentEncryptionKey(c).setProtectedHeader(
this._protectedHeader).setSharedUnprotectedHeader(this._unprotectedHeader).setUnprotectedHeader(u.unprotectedHeader).setKeyManagementParameters({p2c:_}).encrypt(
u.key,{...u.options,...e,[ys.unprotected]:!0});o.ciphertext=b.ciphertext,o.iv=b.iv,o.tag=b.tag,b.aad&&(o.aad=b.aad),b.protected&&(o.protected=b.protected),b.unprotected&&
(o.unprotected=b.unprotected),l.encrypted_key=b.encrypted_key,b.header&&(l.header=b.header);continue}let{encryptedKey:g,parameters:y}=await(0,Nf.default)(((r=u.
unprotectedHeader)===null||r===void 0?void 0:r.alg)||((n=this._protectedHeader)===null||n===void 0?void 0:n.alg)||((s=this._unprotectedHeader)===null||s===void 0?
void 0:s.alg),a,u.key,c,{p2c:_});l.encrypted_key=(0,Uf.encode)(g),(u.unprotectedHeader||y)&&(l.header={...u.unprotectedHeader,...y})}return o}};tr.GeneralEncrypt=
gs});var bs=p(ws=>{"use strict";Object.defineProperty(ws,"__esModule",{value:!0});var Bf=w();function Lf(t){switch(t){case"PS256":case"RS256":case"ES256":case"ES256K":
return"sha256";case"PS384":case"RS384":case"ES384":return"sha384";case"PS512":case"RS512":case"ES512":return"sha512";case"EdDSA":return;default:throw new Bf.JOSENotSupported(
`alg ${t} is not supported either by JOSE or your javascript runtime`)}}i(Lf,"dsaDigest");ws.default=Lf});var Es=p(Ss=>{"use strict";Object.defineProperty(Ss,"__esModule",{value:!0});var ba=require("crypto"),Ff=ct(),zf=w(),vs=dt(),ze=ht(),va={padding:ba.constants.RSA_PKCS1_PSS_PADDING,
saltLength:ba.constants.RSA_PSS_SALTLEN_DIGEST},Vf=new Map([["ES256","P-256"],["ES256K","secp256k1"],["ES384","P-384"],["ES512","P-521"]]);function Gf(t,e){switch(t){case"\
EdDSA":if(!["ed25519","ed448"].includes(e.asymmetricKeyType))throw new TypeError("Invalid key for this operation, its asymmetricKeyType must be ed25519 or ed448");
return e;case"RS256":case"RS384":case"RS512":if(e.asymmetricKeyType!=="rsa")throw new TypeError("Invalid key for this operation, its asymmetricKeyType must be r\
sa");return(0,vs.default)(e,t),e;case(ze.rsaPssParams&&"PS256"):case(ze.rsaPssParams&&"PS384"):case(ze.rsaPssParams&&"PS512"):if(e.asymmetricKeyType==="rsa-pss"){
let{hashAlgorithm:r,mgf1HashAlgorithm:n,saltLength:s}=e.asymmetricKeyDetails,a=parseInt(t.slice(-3),10);if(r!==void 0&&(r!==`sha${a}`||n!==r))throw new TypeError(
`Invalid key for this operation, its RSA-PSS parameters do not meet the requirements of "alg" ${t}`);if(s!==void 0&&s>a>>3)throw new TypeError(`Invalid key for \
this operation, its RSA-PSS parameter saltLength does not meet the requirements of "alg" ${t}`)}else if(e.asymmetricKeyType!=="rsa")throw new TypeError("Invalid\
 key for this operation, its asymmetricKeyType must be rsa or rsa-pss");return(0,vs.default)(e,t),{key:e,...va};case(!ze.rsaPssParams&&"PS256"):case(!ze.rsaPssParams&&
"PS384"):case(!ze.rsaPssParams&&"PS512"):if(e.asymmetricKeyType!=="rsa")throw new TypeError("Invalid key for this operation, its asymmetricKeyType must be rsa");
return(0,vs.default)(e,t),{key:e,...va};case"ES256":case"ES256K":case"ES384":case"ES512":{if(e.asymmetricKeyType!=="ec")throw new TypeError("Invalid key for thi\
s operation, its asymmetricKeyType must be ec");let r=(0,Ff.default)(e),n=Vf.get(t);if(r!==n)throw new TypeError(`Invalid key curve for the algorithm, its curve\
 must be ${n}, got ${r}`);return{dsaEncoding:"ieee-p1363",key:e}}default:throw new zf.JOSENotSupported(`alg ${t} is not supported either by JOSE or your javascr\
ipt runtime`)}}i(Gf,"keyForCrypto");Ss.default=Gf});var Sa=p(Ps=>{"use strict";Object.defineProperty(Ps,"__esModule",{value:!0});var Xf=w();function Yf(t){switch(t){case"HS256":return"sha256";case"HS384":return"s\
ha384";case"HS512":return"sha512";default:throw new Xf.JOSENotSupported(`alg ${t} is not supported either by JOSE or your javascript runtime`)}}i(Yf,"hmacDigest");
Ps.default=Yf});var Js=p(As=>{"use strict";Object.defineProperty(As,"__esModule",{value:!0});var js=require("crypto"),Qf=$(),Zf=le(),Ea=B(),Pa=L();function eh(t,e,r){if(e instanceof
Uint8Array){if(!t.startsWith("HS"))throw new TypeError((0,Ea.default)(e,...Pa.types));return(0,js.createSecretKey)(e)}if(e instanceof js.KeyObject)return e;if((0,Qf.
isCryptoKey)(e))return(0,Zf.checkSigCryptoKey)(e,t,r),js.KeyObject.from(e);throw new TypeError((0,Ea.default)(e,...Pa.types,"Uint8Array"))}i(eh,"getSignVerifyKe\
y");As.default=eh});var Ws=p(Ts=>{"use strict";Object.defineProperty(Ts,"__esModule",{value:!0});var rr=require("crypto"),th=require("util"),rh=bs(),nh=Sa(),sh=Es(),ih=Js(),qs;rr.sign.
length>3?qs=(0,th.promisify)(rr.sign):qs=rr.sign;var oh=i(async(t,e,r)=>{let n=(0,ih.default)(t,e,"sign");if(t.startsWith("HS")){let s=rr.createHmac((0,nh.default)(
t),n);return s.update(r),s.digest()}return qs((0,rh.default)(t),r,(0,sh.default)(t,n))},"sign");Ts.default=oh});var ja=p(xs=>{"use strict";Object.defineProperty(xs,"__esModule",{value:!0});var nr=require("crypto"),ah=require("util"),ch=bs(),uh=Es(),dh=Ws(),lh=Js(),ph=ht(),
Os;nr.verify.length>4&&ph.oneShotCallback?Os=(0,ah.promisify)(nr.verify):Os=nr.verify;var fh=i(async(t,e,r,n)=>{let s=(0,lh.default)(t,e,"verify");if(t.startsWith(
"HS")){let o=await(0,dh.default)(t,s,n),d=r;try{return nr.timingSafeEqual(d,o)}catch{return!1}}let a=(0,ch.default)(t),c=(0,uh.default)(t,s);try{return await Os(
a,n,c,r)}catch{return!1}},"verify");xs.default=fh});var ir=p(sr=>{"use strict";Object.defineProperty(sr,"__esModule",{value:!0});sr.flattenedVerify=void 0;var ks=H(),hh=ja(),I=w(),Ve=j(),_h=He(),Aa=R(),yh=yt(),mh=Ue(),
gh=ss();async function wh(t,e,r){var n;if(!(0,Aa.default)(t))throw new I.JWSInvalid("Flattened JWS must be an object");if(t.protected===void 0&&t.header===void 0)
throw new I.JWSInvalid('Flattened JWS must have either of the "protected" or "header" members');if(t.protected!==void 0&&typeof t.protected!="string")throw new I.
JWSInvalid("JWS Protected Header incorrect type");if(t.payload===void 0)throw new I.JWSInvalid("JWS Payload missing");if(typeof t.signature!="string")throw new I.
JWSInvalid("JWS Signature missing or incorrect type");if(t.header!==void 0&&!(0,Aa.default)(t.header))throw new I.JWSInvalid("JWS Unprotected Header incorrect t\
ype");let s={};if(t.protected)try{let E=(0,ks.decode)(t.protected);s=JSON.parse(Ve.decoder.decode(E))}catch{throw new I.JWSInvalid("JWS Protected Header is inva\
lid")}if(!(0,_h.default)(s,t.header))throw new I.JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");let a={...s,...t.header},
c=(0,mh.default)(I.JWSInvalid,new Map([["b64",!0]]),r?.crit,s,a),o=!0;if(c.has("b64")&&(o=s.b64,typeof o!="boolean"))throw new I.JWSInvalid('The "b64" (base64ur\
l-encode payload) Header Parameter must be a boolean');let{alg:d}=a;if(typeof d!="string"||!d)throw new I.JWSInvalid('JWS "alg" (Algorithm) Header Parameter mis\
sing or invalid');let u=r&&(0,gh.default)("algorithms",r.algorithms);if(u&&!u.has(d))throw new I.JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter not allow\
ed');if(o){if(typeof t.payload!="string")throw new I.JWSInvalid("JWS Payload must be a string")}else if(typeof t.payload!="string"&&!(t.payload instanceof Uint8Array))
throw new I.JWSInvalid("JWS Payload must be a string or an Uint8Array instance");let l=!1;typeof e=="function"&&(e=await e(s,t),l=!0),(0,yh.default)(d,e,"verify");
let f=(0,Ve.concat)(Ve.encoder.encode((n=t.protected)!==null&&n!==void 0?n:""),Ve.encoder.encode("."),typeof t.payload=="string"?Ve.encoder.encode(t.payload):t.
payload),_;try{_=(0,ks.decode)(t.signature)}catch{throw new I.JWSInvalid("Failed to base64url decode the signature")}if(!await(0,hh.default)(d,e,_,f))throw new I.
JWSSignatureVerificationFailed;let y;if(o)try{y=(0,ks.decode)(t.payload)}catch{throw new I.JWSInvalid("Failed to base64url decode the payload")}else typeof t.payload==
"string"?y=Ve.encoder.encode(t.payload):y=t.payload;let b={payload:y};return t.protected!==void 0&&(b.protectedHeader=s),t.header!==void 0&&(b.unprotectedHeader=
t.header),l?{...b,key:e}:b}i(wh,"flattenedVerify");sr.flattenedVerify=wh});var Ks=p(or=>{"use strict";Object.defineProperty(or,"__esModule",{value:!0});or.compactVerify=void 0;var bh=ir(),Ja=w(),vh=j();async function Sh(t,e,r){if(t instanceof
Uint8Array&&(t=vh.decoder.decode(t)),typeof t!="string")throw new Ja.JWSInvalid("Compact JWS must be a string or Uint8Array");let{0:n,1:s,2:a,length:c}=t.split(
".");if(c!==3)throw new Ja.JWSInvalid("Invalid Compact JWS");let o=await(0,bh.flattenedVerify)({payload:s,protected:n,signature:a},e,r),d={payload:o.payload,protectedHeader:o.
protectedHeader};return typeof e=="function"?{...d,key:o.key}:d}i(Sh,"compactVerify");or.compactVerify=Sh});var Ta=p(ar=>{"use strict";Object.defineProperty(ar,"__esModule",{value:!0});ar.generalVerify=void 0;var Eh=ir(),Cs=w(),qa=R();async function Ph(t,e,r){if(!(0,qa.
default)(t))throw new Cs.JWSInvalid("General JWS must be an object");if(!Array.isArray(t.signatures)||!t.signatures.every(qa.default))throw new Cs.JWSInvalid("J\
WS Signatures missing or incorrect type");for(let n of t.signatures)try{return await(0,Eh.flattenedVerify)({header:n.header,payload:t.payload,protected:n.protected,
signature:n.signature},e,r)}catch{}throw new Cs.JWSSignatureVerificationFailed}i(Ph,"generalVerify");ar.generalVerify=Ph});var Hs=p(Is=>{"use strict";Object.defineProperty(Is,"__esModule",{value:!0});Is.default=t=>Math.floor(t.getTime()/1e3)});var Ds=p(Ms=>{"use strict";Object.defineProperty(Ms,"__esModule",{value:!0});var Wa=60,Oa=Wa*60,Rs=Oa*24,jh=Rs*7,Ah=Rs*365.25,Jh=/^(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)$/i;
Ms.default=t=>{let e=Jh.exec(t);if(!e)throw new TypeError("Invalid time period format");let r=parseFloat(e[1]);switch(e[2].toLowerCase()){case"sec":case"secs":case"\
second":case"seconds":case"s":return Math.round(r);case"minute":case"minutes":case"min":case"mins":case"m":return Math.round(r*Wa);case"hour":case"hours":case"h\
r":case"hrs":case"h":return Math.round(r*Oa);case"day":case"days":case"d":return Math.round(r*Rs);case"week":case"weeks":case"w":return Math.round(r*jh);default:
return Math.round(r*Ah)}}});var cr=p(Ns=>{"use strict";Object.defineProperty(Ns,"__esModule",{value:!0});var N=w(),qh=j(),Th=Hs(),xa=Ds(),Wh=R(),ka=i(t=>t.toLowerCase().replace(/^application\//,
""),"normalizeTyp"),Oh=i((t,e)=>typeof t=="string"?e.includes(t):Array.isArray(t)?e.some(Set.prototype.has.bind(new Set(t))):!1,"checkAudiencePresence");Ns.default=
(t,e,r={})=>{let{typ:n}=r;if(n&&(typeof t.typ!="string"||ka(t.typ)!==ka(n)))throw new N.JWTClaimValidationFailed('unexpected "typ" JWT header value',"typ","chec\
k_failed");let s;try{s=JSON.parse(qh.decoder.decode(e))}catch{}if(!(0,Wh.default)(s))throw new N.JWTInvalid("JWT Claims Set must be a top-level JSON object");let{
requiredClaims:a=[],issuer:c,subject:o,audience:d,maxTokenAge:u}=r;u!==void 0&&a.push("iat"),d!==void 0&&a.push("aud"),o!==void 0&&a.push("sub"),c!==void 0&&a.push(
"iss");for(let g of new Set(a.reverse()))if(!(g in s))throw new N.JWTClaimValidationFailed(`missing required "${g}" claim`,g,"missing");if(c&&!(Array.isArray(c)?
c:[c]).includes(s.iss))throw new N.JWTClaimValidationFailed('unexpected "iss" claim value',"iss","check_failed");if(o&&s.sub!==o)throw new N.JWTClaimValidationFailed(
'unexpected "sub" claim value',"sub","check_failed");if(d&&!Oh(s.aud,typeof d=="string"?[d]:d))throw new N.JWTClaimValidationFailed('unexpected "aud" claim valu\
e',"aud","check_failed");let l;switch(typeof r.clockTolerance){case"string":l=(0,xa.default)(r.clockTolerance);break;case"number":l=r.clockTolerance;break;case"\
undefined":l=0;break;default:throw new TypeError("Invalid clockTolerance option type")}let{currentDate:f}=r,_=(0,Th.default)(f||new Date);if((s.iat!==void 0||u)&&
typeof s.iat!="number")throw new N.JWTClaimValidationFailed('"iat" claim must be a number',"iat","invalid");if(s.nbf!==void 0){if(typeof s.nbf!="number")throw new N.
JWTClaimValidationFailed('"nbf" claim must be a number',"nbf","invalid");if(s.nbf>_+l)throw new N.JWTClaimValidationFailed('"nbf" claim timestamp check failed',
"nbf","check_failed")}if(s.exp!==void 0){if(typeof s.exp!="number")throw new N.JWTClaimValidationFailed('"exp" claim must be a number',"exp","invalid");if(s.exp<=
_-l)throw new N.JWTExpired('"exp" claim timestamp check failed',"exp","check_failed")}if(u){let g=_-s.iat,y=typeof u=="number"?u:(0,xa.default)(u);if(g-l>y)throw new N.
JWTExpired('"iat" claim timestamp check failed (too far in the past)',"iat","check_failed");if(g<0-l)throw new N.JWTClaimValidationFailed('"iat" claim timestamp\
 check failed (it should be in the past)',"iat","check_failed")}return s}});var Ka=p(ur=>{"use strict";Object.defineProperty(ur,"__esModule",{value:!0});ur.jwtVerify=void 0;var xh=Ks(),kh=cr(),Kh=w();async function Ch(t,e,r){var n;let s=await(0,xh.
compactVerify)(t,e,r);if(!((n=s.protectedHeader.crit)===null||n===void 0)&&n.includes("b64")&&s.protectedHeader.b64===!1)throw new Kh.JWTInvalid("JWTs MUST NOT \
use unencoded payload");let c={payload:(0,kh.default)(s.protectedHeader,s.payload,r),protectedHeader:s.protectedHeader};return typeof e=="function"?{...c,key:s.
key}:c}i(Ch,"jwtVerify");ur.jwtVerify=Ch});var Ca=p(dr=>{"use strict";Object.defineProperty(dr,"__esModule",{value:!0});dr.jwtDecrypt=void 0;var Ih=os(),Hh=cr(),Us=w();async function Rh(t,e,r){let n=await(0,Ih.
compactDecrypt)(t,e,r),s=(0,Hh.default)(n.protectedHeader,n.plaintext,r),{protectedHeader:a}=n;if(a.iss!==void 0&&a.iss!==s.iss)throw new Us.JWTClaimValidationFailed(
'replicated "iss" claim header parameter mismatch',"iss","mismatch");if(a.sub!==void 0&&a.sub!==s.sub)throw new Us.JWTClaimValidationFailed('replicated "sub" cl\
aim header parameter mismatch',"sub","mismatch");if(a.aud!==void 0&&JSON.stringify(a.aud)!==JSON.stringify(s.aud))throw new Us.JWTClaimValidationFailed('replica\
ted "aud" claim header parameter mismatch',"aud","mismatch");let c={payload:s,protectedHeader:a};return typeof e=="function"?{...c,key:n.key}:c}i(Rh,"jwtDecrypt");
dr.jwtDecrypt=Rh});var Bs=p(lr=>{"use strict";Object.defineProperty(lr,"__esModule",{value:!0});lr.CompactEncrypt=void 0;var Mh=er(),$s=class{static{i(this,"CompactEncrypt")}constructor(e){
this._flattened=new Mh.FlattenedEncrypt(e)}setContentEncryptionKey(e){return this._flattened.setContentEncryptionKey(e),this}setInitializationVector(e){return this.
_flattened.setInitializationVector(e),this}setProtectedHeader(e){return this._flattened.setProtectedHeader(e),this}setKeyManagementParameters(e){return this._flattened.
setKeyManagementParameters(e),this}async encrypt(e,r){let n=await this._flattened.encrypt(e,r);return[n.protected,n.encrypted_key,n.iv,n.ciphertext,n.tag].join(
".")}};lr.CompactEncrypt=$s});var fr=p(pr=>{"use strict";Object.defineProperty(pr,"__esModule",{value:!0});pr.FlattenedSign=void 0;var Ls=H(),Dh=Ws(),Nh=He(),wt=w(),Ae=j(),Uh=yt(),$h=Ue(),Fs=class{static{
i(this,"FlattenedSign")}constructor(e){if(!(e instanceof Uint8Array))throw new TypeError("payload must be an instance of Uint8Array");this._payload=e}setProtectedHeader(e){
if(this._protectedHeader)throw new TypeError("setProtectedHeader can only be called once");return this._protectedHeader=e,this}setUnprotectedHeader(e){if(this._unprotectedHeader)
throw new TypeError("setUnprotectedHeader can only be called once");return this._unprotectedHeader=e,this}async sign(e,r){if(!this._protectedHeader&&!this._unprotectedHeader)
throw new wt.JWSInvalid("either setProtectedHeader or setUnprotectedHeader must be called before #sign()");if(!(0,Nh.default)(this._protectedHeader,this._unprotectedHeader))
throw new wt.JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");let n={...this._protectedHeader,...this._unprotectedHeader},
s=(0,$h.default)(wt.JWSInvalid,new Map([["b64",!0]]),r?.crit,this._protectedHeader,n),a=!0;if(s.has("b64")&&(a=this._protectedHeader.b64,typeof a!="boolean"))throw new wt.
JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');let{alg:c}=n;if(typeof c!="string"||!c)throw new wt.JWSInvalid('JWS "alg" \
(Algorithm) Header Parameter missing or invalid');(0,Uh.default)(c,e,"sign");let o=this._payload;a&&(o=Ae.encoder.encode((0,Ls.encode)(o)));let d;this._protectedHeader?
d=Ae.encoder.encode((0,Ls.encode)(JSON.stringify(this._protectedHeader))):d=Ae.encoder.encode("");let u=(0,Ae.concat)(d,Ae.encoder.encode("."),o),l=await(0,Dh.default)(
c,e,u),f={signature:(0,Ls.encode)(l),payload:""};return a&&(f.payload=Ae.decoder.decode(o)),this._unprotectedHeader&&(f.header=this._unprotectedHeader),this._protectedHeader&&
(f.protected=Ae.decoder.decode(d)),f}};pr.FlattenedSign=Fs});var Vs=p(hr=>{"use strict";Object.defineProperty(hr,"__esModule",{value:!0});hr.CompactSign=void 0;var Bh=fr(),zs=class{static{i(this,"CompactSign")}constructor(e){
this._flattened=new Bh.FlattenedSign(e)}setProtectedHeader(e){return this._flattened.setProtectedHeader(e),this}async sign(e,r){let n=await this._flattened.sign(
e,r);if(n.payload===void 0)throw new TypeError("use the flattened module for creating JWS with b64: false");return`${n.protected}.${n.payload}.${n.signature}`}};
hr.CompactSign=zs});var Ha=p(_r=>{"use strict";Object.defineProperty(_r,"__esModule",{value:!0});_r.GeneralSign=void 0;var Lh=fr(),Ia=w(),Gs=class{static{i(this,"IndividualSignatur\
e")}constructor(e,r,n){this.parent=e,this.key=r,this.options=n}setProtectedHeader(e){if(this.protectedHeader)throw new TypeError("setProtectedHeader can only be\
 called once");return this.protectedHeader=e,this}setUnprotectedHeader(e){if(this.unprotectedHeader)throw new TypeError("setUnprotectedHeader can only be called\
 once");return this.unprotectedHeader=e,this}addSignature(...e){return this.parent.addSignature(...e)}sign(...e){return this.parent.sign(...e)}done(){return this.
parent}},Xs=class{static{i(this,"GeneralSign")}constructor(e){this._signatures=[],this._payload=e}addSignature(e,r){let n=new Gs(this,e,r);return this._signatures.
push(n),n}async sign(){if(!this._signatures.length)throw new Ia.JWSInvalid("at least one signature must be added");let e={signatures:[],payload:""};for(let r=0;r<
this._signatures.length;r++){let n=this._signatures[r],s=new Lh.FlattenedSign(this._payload);s.setProtectedHeader(n.protectedHeader),s.setUnprotectedHeader(n.unprotectedHeader);
let{payload:a,...c}=await s.sign(n.key,n.options);if(r===0)e.payload=a;else if(e.payload!==a)throw new Ia.JWSInvalid("inconsistent use of JWS Unencoded Payload \
(RFC7797)");e.signatures.push(c)}return e}};_r.GeneralSign=Xs});var mr=p(yr=>{"use strict";Object.defineProperty(yr,"__esModule",{value:!0});yr.ProduceJWT=void 0;var Ys=Hs(),Fh=R(),Ra=Ds(),Qs=class{static{i(this,"ProduceJWT")}constructor(e){
if(!(0,Fh.default)(e))throw new TypeError("JWT Claims Set MUST be an object");this._payload=e}setIssuer(e){return this._payload={...this._payload,iss:e},this}setSubject(e){
return this._payload={...this._payload,sub:e},this}setAudience(e){return this._payload={...this._payload,aud:e},this}setJti(e){return this._payload={...this._payload,
jti:e},this}setNotBefore(e){return typeof e=="number"?this._payload={...this._payload,nbf:e}:this._payload={...this._payload,nbf:(0,Ys.default)(new Date)+(0,Ra.
default)(e)},this}setExpirationTime(e){return typeof e=="number"?this._payload={...this._payload,exp:e}:this._payload={...this._payload,exp:(0,Ys.default)(new Date)+
(0,Ra.default)(e)},this}setIssuedAt(e){return typeof e>"u"?this._payload={...this._payload,iat:(0,Ys.default)(new Date)}:this._payload={...this._payload,iat:e},
this}};yr.ProduceJWT=Qs});var Ma=p(gr=>{"use strict";Object.defineProperty(gr,"__esModule",{value:!0});gr.SignJWT=void 0;var zh=Vs(),Vh=w(),Gh=j(),Xh=mr(),Zs=class extends Xh.ProduceJWT{static{
i(this,"SignJWT")}setProtectedHeader(e){return this._protectedHeader=e,this}async sign(e,r){var n;let s=new zh.CompactSign(Gh.encoder.encode(JSON.stringify(this.
_payload)));if(s.setProtectedHeader(this._protectedHeader),Array.isArray((n=this._protectedHeader)===null||n===void 0?void 0:n.crit)&&this._protectedHeader.crit.
includes("b64")&&this._protectedHeader.b64===!1)throw new Vh.JWTInvalid("JWTs MUST NOT use unencoded payload");return s.sign(e,r)}};gr.SignJWT=Zs});var Da=p(wr=>{"use strict";Object.defineProperty(wr,"__esModule",{value:!0});wr.EncryptJWT=void 0;var Yh=Bs(),Qh=j(),Zh=mr(),ei=class extends Zh.ProduceJWT{static{
i(this,"EncryptJWT")}setProtectedHeader(e){if(this._protectedHeader)throw new TypeError("setProtectedHeader can only be called once");return this._protectedHeader=
e,this}setKeyManagementParameters(e){if(this._keyManagementParameters)throw new TypeError("setKeyManagementParameters can only be called once");return this._keyManagementParameters=
e,this}setContentEncryptionKey(e){if(this._cek)throw new TypeError("setContentEncryptionKey can only be called once");return this._cek=e,this}setInitializationVector(e){
if(this._iv)throw new TypeError("setInitializationVector can only be called once");return this._iv=e,this}replicateIssuerAsHeader(){return this._replicateIssuerAsHeader=
!0,this}replicateSubjectAsHeader(){return this._replicateSubjectAsHeader=!0,this}replicateAudienceAsHeader(){return this._replicateAudienceAsHeader=!0,this}async encrypt(e,r){
let n=new Yh.CompactEncrypt(Qh.encoder.encode(JSON.stringify(this._payload)));return this._replicateIssuerAsHeader&&(this._protectedHeader={...this._protectedHeader,
iss:this._payload.iss}),this._replicateSubjectAsHeader&&(this._protectedHeader={...this._protectedHeader,sub:this._payload.sub}),this._replicateAudienceAsHeader&&
(this._protectedHeader={...this._protectedHeader,aud:this._payload.aud}),n.setProtectedHeader(this._protectedHeader),this._iv&&n.setInitializationVector(this._iv),
this._cek&&n.setContentEncryptionKey(this._cek),this._keyManagementParameters&&n.setKeyManagementParameters(this._keyManagementParameters),n.encrypt(e,r)}};wr.EncryptJWT=
ei});var $a=p(Ge=>{"use strict";Object.defineProperty(Ge,"__esModule",{value:!0});Ge.calculateJwkThumbprintUri=Ge.calculateJwkThumbprint=void 0;var e_=Qr(),t_=H(),Na=w(),
r_=j(),n_=R(),me=i((t,e)=>{if(typeof t!="string"||!t)throw new Na.JWKInvalid(`${e} missing or invalid`)},"check");async function Ua(t,e){if(!(0,n_.default)(t))throw new TypeError(
"JWK must be an object");if(e??(e="sha256"),e!=="sha256"&&e!=="sha384"&&e!=="sha512")throw new TypeError('digestAlgorithm must one of "sha256", "sha384", or "sh\
a512"');let r;switch(t.kty){case"EC":me(t.crv,'"crv" (Curve) Parameter'),me(t.x,'"x" (X Coordinate) Parameter'),me(t.y,'"y" (Y Coordinate) Parameter'),r={crv:t.
crv,kty:t.kty,x:t.x,y:t.y};break;case"OKP":me(t.crv,'"crv" (Subtype of Key Pair) Parameter'),me(t.x,'"x" (Public Key) Parameter'),r={crv:t.crv,kty:t.kty,x:t.x};
break;case"RSA":me(t.e,'"e" (Exponent) Parameter'),me(t.n,'"n" (Modulus) Parameter'),r={e:t.e,kty:t.kty,n:t.n};break;case"oct":me(t.k,'"k" (Key Value) Parameter'),
r={k:t.k,kty:t.kty};break;default:throw new Na.JOSENotSupported('"kty" (Key Type) Parameter missing or unsupported')}let n=r_.encoder.encode(JSON.stringify(r));
return(0,t_.encode)(await(0,e_.default)(e,n))}i(Ua,"calculateJwkThumbprint");Ge.calculateJwkThumbprint=Ua;async function s_(t,e){e??(e="sha256");let r=await Ua(
t,e);return`urn:ietf:params:oauth:jwk-thumbprint:sha-${e.slice(-3)}:${r}`}i(s_,"calculateJwkThumbprintUri");Ge.calculateJwkThumbprintUri=s_});var La=p(br=>{"use strict";Object.defineProperty(br,"__esModule",{value:!0});br.EmbeddedJWK=void 0;var i_=_t(),o_=R(),Ba=w();async function a_(t,e){let r={...t,
...e?.header};if(!(0,o_.default)(r.jwk))throw new Ba.JWSInvalid('"jwk" (JSON Web Key) Header Parameter must be a JSON object');let n=await(0,i_.importJWK)({...r.
jwk,ext:!0},r.alg,!0);if(n instanceof Uint8Array||n.type!=="public")throw new Ba.JWSInvalid('"jwk" (JSON Web Key) Header Parameter must be a public key');return n}
i(a_,"EmbeddedJWK");br.EmbeddedJWK=a_});var ti=p(ge=>{"use strict";Object.defineProperty(ge,"__esModule",{value:!0});ge.createLocalJWKSet=ge.LocalJWKSet=ge.isJWKSLike=void 0;var c_=_t(),bt=w(),u_=R();
function d_(t){switch(typeof t=="string"&&t.slice(0,2)){case"RS":case"PS":return"RSA";case"ES":return"EC";case"Ed":return"OKP";default:throw new bt.JOSENotSupported(
'Unsupported "alg" value for a JSON Web Key Set')}}i(d_,"getKtyFromAlg");function za(t){return t&&typeof t=="object"&&Array.isArray(t.keys)&&t.keys.every(l_)}i(
za,"isJWKSLike");ge.isJWKSLike=za;function l_(t){return(0,u_.default)(t)}i(l_,"isJWKLike");function p_(t){return typeof structuredClone=="function"?structuredClone(
t):JSON.parse(JSON.stringify(t))}i(p_,"clone");var vr=class{static{i(this,"LocalJWKSet")}constructor(e){if(this._cached=new WeakMap,!za(e))throw new bt.JWKSInvalid(
"JSON Web Key Set malformed");this._jwks=p_(e)}async getKey(e,r){let{alg:n,kid:s}={...e,...r?.header},a=d_(n),c=this._jwks.keys.filter(u=>{let l=a===u.kty;if(l&&
typeof s=="string"&&(l=s===u.kid),l&&typeof u.alg=="string"&&(l=n===u.alg),l&&typeof u.use=="string"&&(l=u.use==="sig"),l&&Array.isArray(u.key_ops)&&(l=u.key_ops.
includes("verify")),l&&n==="EdDSA"&&(l=u.crv==="Ed25519"||u.crv==="Ed448"),l)switch(n){case"ES256":l=u.crv==="P-256";break;case"ES256K":l=u.crv==="secp256k1";break;case"\
ES384":l=u.crv==="P-384";break;case"ES512":l=u.crv==="P-521";break}return l}),{0:o,length:d}=c;if(d===0)throw new bt.JWKSNoMatchingKey;if(d!==1){let u=new bt.JWKSMultipleMatchingKeys,
{_cached:l}=this;throw u[Symbol.asyncIterator]=async function*(){for(let f of c)try{yield await Fa(l,f,n)}catch{continue}},u}return Fa(this._cached,o,n)}};ge.LocalJWKSet=
vr;async function Fa(t,e,r){let n=t.get(e)||t.set(e,{}).get(e);if(n[r]===void 0){let s=await(0,c_.importJWK)({...e,ext:!0},r);if(s instanceof Uint8Array||s.type!==
"public")throw new bt.JWKSInvalid("JSON Web Key Set members must be public keys");n[r]=s}return n[r]}i(Fa,"importWithAlgCache");function f_(t){let e=new vr(t);return async function(r,n){
return e.getKey(r,n)}}i(f_,"createLocalJWKSet");ge.createLocalJWKSet=f_});var Xa=p(ni=>{"use strict";Object.defineProperty(ni,"__esModule",{value:!0});var h_=require("http"),__=require("https"),Va=require("events"),ri=w(),Ga=j(),y_=i(
async(t,e,r)=>{let n;switch(t.protocol){case"https:":n=__.get;break;case"http:":n=h_.get;break;default:throw new TypeError("Unsupported URL protocol.")}let{agent:s,
headers:a}=r,c=n(t.href,{agent:s,timeout:e,headers:a}),[o]=await Promise.race([(0,Va.once)(c,"response"),(0,Va.once)(c,"timeout")]);if(!o)throw c.destroy(),new ri.
JWKSTimeout;if(o.statusCode!==200)throw new ri.JOSEError("Expected 200 OK from the JSON Web Key Set HTTP response");let d=[];for await(let u of o)d.push(u);try{
return JSON.parse(Ga.decoder.decode((0,Ga.concat)(...d)))}catch{throw new ri.JOSEError("Failed to parse the JSON Web Key Set HTTP response as JSON")}},"fetchJwk\
s");ni.default=y_});var Za=p(Sr=>{"use strict";Object.defineProperty(Sr,"__esModule",{value:!0});Sr.createRemoteJWKSet=void 0;var m_=Xa(),Ya=w(),Qa=ti();function g_(){return typeof WebSocketPair<
"u"||typeof navigator<"u"&&navigator.userAgent==="Cloudflare-Workers"||typeof EdgeRuntime<"u"&&EdgeRuntime==="vercel"}i(g_,"isCloudflareWorkers");var si=class extends Qa.
LocalJWKSet{static{i(this,"RemoteJWKSet")}constructor(e,r){if(super({keys:[]}),this._jwks=void 0,!(e instanceof URL))throw new TypeError("url must be an instanc\
e of URL");this._url=new URL(e.href),this._options={agent:r?.agent,headers:r?.headers},this._timeoutDuration=typeof r?.timeoutDuration=="number"?r?.timeoutDuration:
5e3,this._cooldownDuration=typeof r?.cooldownDuration=="number"?r?.cooldownDuration:3e4,this._cacheMaxAge=typeof r?.cacheMaxAge=="number"?r?.cacheMaxAge:6e5}coolingDown(){
return typeof this._jwksTimestamp=="number"?Date.now()<this._jwksTimestamp+this._cooldownDuration:!1}fresh(){return typeof this._jwksTimestamp=="number"?Date.now()<
this._jwksTimestamp+this._cacheMaxAge:!1}async getKey(e,r){(!this._jwks||!this.fresh())&&await this.reload();try{return await super.getKey(e,r)}catch(n){if(n instanceof
Ya.JWKSNoMatchingKey&&this.coolingDown()===!1)return await this.reload(),super.getKey(e,r);throw n}}async reload(){this._pendingFetch&&g_()&&(this._pendingFetch=
void 0),this._pendingFetch||(this._pendingFetch=(0,m_.default)(this._url,this._timeoutDuration,this._options).then(e=>{if(!(0,Qa.isJWKSLike)(e))throw new Ya.JWKSInvalid(
"JSON Web Key Set malformed");this._jwks={keys:e.keys},this._jwksTimestamp=Date.now(),this._pendingFetch=void 0}).catch(e=>{throw this._pendingFetch=void 0,e})),
await this._pendingFetch}};function w_(t,e){let r=new si(t,e);return async function(n,s){return r.getKey(n,s)}}i(w_,"createRemoteJWKSet");Sr.createRemoteJWKSet=
w_});var ec=p(Pr=>{"use strict";Object.defineProperty(Pr,"__esModule",{value:!0});Pr.UnsecuredJWT=void 0;var Er=H(),b_=j(),ii=w(),v_=cr(),S_=mr(),oi=class extends S_.
ProduceJWT{static{i(this,"UnsecuredJWT")}encode(){let e=Er.encode(JSON.stringify({alg:"none"})),r=Er.encode(JSON.stringify(this._payload));return`${e}.${r}.`}static decode(e,r){
if(typeof e!="string")throw new ii.JWTInvalid("Unsecured JWT must be a string");let{0:n,1:s,2:a,length:c}=e.split(".");if(c!==3||a!=="")throw new ii.JWTInvalid(
"Invalid Unsecured JWT");let o;try{if(o=JSON.parse(b_.decoder.decode(Er.decode(n))),o.alg!=="none")throw new Error}catch{throw new ii.JWTInvalid("Invalid Unsecu\
red JWT")}return{payload:(0,v_.default)(o,Er.decode(s),r),header:o}}};Pr.UnsecuredJWT=oi});var jr=p(Xe=>{"use strict";Object.defineProperty(Xe,"__esModule",{value:!0});Xe.decode=Xe.encode=void 0;var tc=H();Xe.encode=tc.encode;Xe.decode=tc.decode});var rc=p(Ar=>{"use strict";Object.defineProperty(Ar,"__esModule",{value:!0});Ar.decodeProtectedHeader=void 0;var E_=jr(),P_=j(),j_=R();function A_(t){let e;if(typeof t==
"string"){let r=t.split(".");(r.length===3||r.length===5)&&([e]=r)}else if(typeof t=="object"&&t)if("protected"in t)e=t.protected;else throw new TypeError("Toke\
n does not contain a Protected Header");try{if(typeof e!="string"||!e)throw new Error;let r=JSON.parse(P_.decoder.decode((0,E_.decode)(e)));if(!(0,j_.default)(r))
throw new Error;return r}catch{throw new TypeError("Invalid Token or Protected Header formatting")}}i(A_,"decodeProtectedHeader");Ar.decodeProtectedHeader=A_});var nc=p(Jr=>{"use strict";Object.defineProperty(Jr,"__esModule",{value:!0});Jr.decodeJwt=void 0;var J_=jr(),q_=j(),T_=R(),Je=w();function W_(t){if(typeof t!="s\
tring")throw new Je.JWTInvalid("JWTs must use Compact JWS serialization, JWT must be a string");let{1:e,length:r}=t.split(".");if(r===5)throw new Je.JWTInvalid(
"Only JWTs using Compact JWS serialization can be decoded");if(r!==3)throw new Je.JWTInvalid("Invalid JWT");if(!e)throw new Je.JWTInvalid("JWTs must contain a p\
ayload");let n;try{n=(0,J_.decode)(e)}catch{throw new Je.JWTInvalid("Failed to base64url decode the payload")}let s;try{s=JSON.parse(q_.decoder.decode(n))}catch{
throw new Je.JWTInvalid("Failed to parse the decoded payload as JSON")}if(!(0,T_.default)(s))throw new Je.JWTInvalid("Invalid JWT Claims Set");return s}i(W_,"de\
codeJwt");Jr.decodeJwt=W_});var ai=p(Ye=>{"use strict";Object.defineProperty(Ye,"__esModule",{value:!0});Ye.generateKeyPair=Ye.generateSecret=void 0;var ic=require("crypto"),O_=require("util"),
x_=nt(),sc=dt(),vt=w(),ie=(0,O_.promisify)(ic.generateKeyPair);async function k_(t,e){let r;switch(t){case"HS256":case"HS384":case"HS512":case"A128CBC-HS256":case"\
A192CBC-HS384":case"A256CBC-HS512":r=parseInt(t.slice(-3),10);break;case"A128KW":case"A192KW":case"A256KW":case"A128GCMKW":case"A192GCMKW":case"A256GCMKW":case"\
A128GCM":case"A192GCM":case"A256GCM":r=parseInt(t.slice(1,4),10);break;default:throw new vt.JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Param\
eter value')}return(0,ic.createSecretKey)((0,x_.default)(new Uint8Array(r>>3)))}i(k_,"generateSecret");Ye.generateSecret=k_;async function K_(t,e){var r,n;switch(t){case"\
RS256":case"RS384":case"RS512":case"PS256":case"PS384":case"PS512":case"RSA-OAEP":case"RSA-OAEP-256":case"RSA-OAEP-384":case"RSA-OAEP-512":case"RSA1_5":{let a=(r=
e?.modulusLength)!==null&&r!==void 0?r:2048;if(typeof a!="number"||a<2048)throw new vt.JOSENotSupported("Invalid or unsupported modulusLength option provided, 2\
048 bits or larger keys must be used");let c=await ie("rsa",{modulusLength:a,publicExponent:65537});return(0,sc.setModulusLength)(c.privateKey,a),(0,sc.setModulusLength)(
c.publicKey,a),c}case"ES256":return ie("ec",{namedCurve:"P-256"});case"ES256K":return ie("ec",{namedCurve:"secp256k1"});case"ES384":return ie("ec",{namedCurve:"\
P-384"});case"ES512":return ie("ec",{namedCurve:"P-521"});case"EdDSA":switch(e?.crv){case void 0:case"Ed25519":return ie("ed25519");case"Ed448":return ie("ed448");default:
throw new vt.JOSENotSupported("Invalid or unsupported crv option provided, supported values are Ed25519 and Ed448")}case"ECDH-ES":case"ECDH-ES+A128KW":case"ECDH\
-ES+A192KW":case"ECDH-ES+A256KW":let s=(n=e?.crv)!==null&&n!==void 0?n:"P-256";switch(s){case void 0:case"P-256":case"P-384":case"P-521":return ie("ec",{namedCurve:s});case"\
X25519":return ie("x25519");case"X448":return ie("x448");default:throw new vt.JOSENotSupported("Invalid or unsupported crv option provided, supported values are\
 P-256, P-384, P-521, X25519, and X448")}default:throw new vt.JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value')}}i(K_,"generateKe\
yPair");Ye.generateKeyPair=K_});var oc=p(qr=>{"use strict";Object.defineProperty(qr,"__esModule",{value:!0});qr.generateKeyPair=void 0;var C_=ai();async function I_(t,e){return(0,C_.generateKeyPair)(
t,e)}i(I_,"generateKeyPair");qr.generateKeyPair=I_});var ac=p(Tr=>{"use strict";Object.defineProperty(Tr,"__esModule",{value:!0});Tr.generateSecret=void 0;var H_=ai();async function R_(t,e){return(0,H_.generateSecret)(
t,e)}i(R_,"generateSecret");Tr.generateSecret=R_});var cc=p(ci=>{"use strict";Object.defineProperty(ci,"__esModule",{value:!0});ci.default="node:crypto"});var uc=p(ui=>{"use strict";Object.defineProperty(ui,"__esModule",{value:!0});var M_=cc();ui.default=M_.default});var Or=p(h=>{"use strict";Object.defineProperty(h,"__esModule",{value:!0});h.cryptoRuntime=h.base64url=h.generateSecret=h.generateKeyPair=h.errors=h.decodeJwt=h.
decodeProtectedHeader=h.importJWK=h.importX509=h.importPKCS8=h.importSPKI=h.exportJWK=h.exportSPKI=h.exportPKCS8=h.UnsecuredJWT=h.createRemoteJWKSet=h.createLocalJWKSet=
h.EmbeddedJWK=h.calculateJwkThumbprintUri=h.calculateJwkThumbprint=h.EncryptJWT=h.SignJWT=h.GeneralSign=h.FlattenedSign=h.CompactSign=h.FlattenedEncrypt=h.CompactEncrypt=
h.jwtDecrypt=h.jwtVerify=h.generalVerify=h.flattenedVerify=h.compactVerify=h.GeneralEncrypt=h.generalDecrypt=h.flattenedDecrypt=h.compactDecrypt=void 0;var D_=os();
Object.defineProperty(h,"compactDecrypt",{enumerable:!0,get:i(function(){return D_.compactDecrypt},"get")});var N_=zt();Object.defineProperty(h,"flattenedDecryp\
t",{enumerable:!0,get:i(function(){return N_.flattenedDecrypt},"get")});var U_=pa();Object.defineProperty(h,"generalDecrypt",{enumerable:!0,get:i(function(){return U_.
generalDecrypt},"get")});var $_=wa();Object.defineProperty(h,"GeneralEncrypt",{enumerable:!0,get:i(function(){return $_.GeneralEncrypt},"get")});var B_=Ks();Object.
defineProperty(h,"compactVerify",{enumerable:!0,get:i(function(){return B_.compactVerify},"get")});var L_=ir();Object.defineProperty(h,"flattenedVerify",{enumerable:!0,
get:i(function(){return L_.flattenedVerify},"get")});var F_=Ta();Object.defineProperty(h,"generalVerify",{enumerable:!0,get:i(function(){return F_.generalVerify},
"get")});var z_=Ka();Object.defineProperty(h,"jwtVerify",{enumerable:!0,get:i(function(){return z_.jwtVerify},"get")});var V_=Ca();Object.defineProperty(h,"jwtD\
ecrypt",{enumerable:!0,get:i(function(){return V_.jwtDecrypt},"get")});var G_=Bs();Object.defineProperty(h,"CompactEncrypt",{enumerable:!0,get:i(function(){return G_.
CompactEncrypt},"get")});var X_=er();Object.defineProperty(h,"FlattenedEncrypt",{enumerable:!0,get:i(function(){return X_.FlattenedEncrypt},"get")});var Y_=Vs();
Object.defineProperty(h,"CompactSign",{enumerable:!0,get:i(function(){return Y_.CompactSign},"get")});var Q_=fr();Object.defineProperty(h,"FlattenedSign",{enumerable:!0,
get:i(function(){return Q_.FlattenedSign},"get")});var Z_=Ha();Object.defineProperty(h,"GeneralSign",{enumerable:!0,get:i(function(){return Z_.GeneralSign},"get")});
var ey=Ma();Object.defineProperty(h,"SignJWT",{enumerable:!0,get:i(function(){return ey.SignJWT},"get")});var ty=Da();Object.defineProperty(h,"EncryptJWT",{enumerable:!0,
get:i(function(){return ty.EncryptJWT},"get")});var dc=$a();Object.defineProperty(h,"calculateJwkThumbprint",{enumerable:!0,get:i(function(){return dc.calculateJwkThumbprint},
"get")});Object.defineProperty(h,"calculateJwkThumbprintUri",{enumerable:!0,get:i(function(){return dc.calculateJwkThumbprintUri},"get")});var ry=La();Object.defineProperty(
h,"EmbeddedJWK",{enumerable:!0,get:i(function(){return ry.EmbeddedJWK},"get")});var ny=ti();Object.defineProperty(h,"createLocalJWKSet",{enumerable:!0,get:i(function(){
return ny.createLocalJWKSet},"get")});var sy=Za();Object.defineProperty(h,"createRemoteJWKSet",{enumerable:!0,get:i(function(){return sy.createRemoteJWKSet},"ge\
t")});var iy=ec();Object.defineProperty(h,"UnsecuredJWT",{enumerable:!0,get:i(function(){return iy.UnsecuredJWT},"get")});var di=ls();Object.defineProperty(h,"e\
xportPKCS8",{enumerable:!0,get:i(function(){return di.exportPKCS8},"get")});Object.defineProperty(h,"exportSPKI",{enumerable:!0,get:i(function(){return di.exportSPKI},
"get")});Object.defineProperty(h,"exportJWK",{enumerable:!0,get:i(function(){return di.exportJWK},"get")});var Wr=_t();Object.defineProperty(h,"importSPKI",{enumerable:!0,
get:i(function(){return Wr.importSPKI},"get")});Object.defineProperty(h,"importPKCS8",{enumerable:!0,get:i(function(){return Wr.importPKCS8},"get")});Object.defineProperty(
h,"importX509",{enumerable:!0,get:i(function(){return Wr.importX509},"get")});Object.defineProperty(h,"importJWK",{enumerable:!0,get:i(function(){return Wr.importJWK},
"get")});var oy=rc();Object.defineProperty(h,"decodeProtectedHeader",{enumerable:!0,get:i(function(){return oy.decodeProtectedHeader},"get")});var ay=nc();Object.
defineProperty(h,"decodeJwt",{enumerable:!0,get:i(function(){return ay.decodeJwt},"get")});h.errors=w();var cy=oc();Object.defineProperty(h,"generateKeyPair",{enumerable:!0,
get:i(function(){return cy.generateKeyPair},"get")});var uy=ac();Object.defineProperty(h,"generateSecret",{enumerable:!0,get:i(function(){return uy.generateSecret},
"get")});h.base64url=jr();var dy=uc();Object.defineProperty(h,"cryptoRuntime",{enumerable:!0,get:i(function(){return dy.default},"get")})});var hc=p((av,fc)=>{var{strict:li}=require("assert"),{createHash:qe}=require("crypto"),{format:lc}=require("util"),pi;if(Buffer.isEncoding("base64url"))pi=i(t=>t.
toString("base64url"),"encode");else{let t=i(e=>e.replace(/=/g,"").replace(/\+/g,"-").replace(/\//g,"_"),"fromBase64");pi=i(e=>t(e.toString("base64")),"encode")}
function ly(t,e){switch(t){case"HS256":case"RS256":case"PS256":case"ES256":case"ES256K":return qe("sha256");case"HS384":case"RS384":case"PS384":case"ES384":return qe(
"sha384");case"HS512":case"RS512":case"PS512":case"ES512":case"Ed25519":return qe("sha512");case"Ed448":return qe("shake256",{outputLength:114});case"ML-DSA-44":case"\
ML-DSA-65":case"ML-DSA-87":return qe("shake256",{outputLength:64});case"EdDSA":switch(e){case"Ed25519":return qe("sha512");case"Ed448":return qe("shake256",{outputLength:114});default:
throw new TypeError("unrecognized or invalid EdDSA curve provided")}default:throw new TypeError("unrecognized or invalid JWS algorithm provided")}}i(ly,"getHash");
function pc(t,e,r){let n=ly(e,r).update(t).digest();return pi(n.slice(0,n.length/2))}i(pc,"generate");function py(t,e,r,n,s){if(typeof t.claim!="string"||!t.claim)
throw new TypeError("names.claim must be a non-empty string");if(typeof t.source!="string"||!t.source)throw new TypeError("names.source must be a non-empty stri\
ng");li(typeof e=="string"&&e,`${t.claim} must be a non-empty string`),li(typeof r=="string"&&r,`${t.source} must be a non-empty string`);let a,c;try{a=pc(r,n,s)}catch(o){
c=lc("%s could not be validated (%s)",t.claim,o.message)}c=c||lc("%s mismatch, expected %s, got: %s",t.claim,a,e),li.equal(a,e,c)}i(py,"validate");fc.exports={validate:py,
generate:pc}});var yc=p((uv,_c)=>{var fy=require("util"),hy=require("crypto");_c.exports=fy.types.isKeyObject||(t=>t&&t instanceof hy.KeyObject)});var St=p((dv,hi)=>{var fi;if(Buffer.isEncoding("base64url"))fi=i((t,e="utf8")=>Buffer.from(t,e).toString("base64url"),"encode");else{let t=i(e=>e.replace(/=/g,"").
replace(/\+/g,"-").replace(/\//g,"_"),"fromBase64");fi=i((e,r="utf8")=>t(Buffer.from(e,r).toString("base64")),"encode")}var _y=i(t=>Buffer.from(t,"base64"),"dec\
ode");hi.exports.decode=_y;hi.exports.encode=fi});var wc=p((pv,gc)=>{var mc=St();gc.exports=t=>{if(typeof t!="string"||!t)throw new TypeError("JWT must be a string");let{0:e,1:r,2:n,length:s}=t.split(".");if(s===
5)throw new TypeError("encrypted JWTs cannot be decoded");if(s!==3)throw new Error("JWTs must have three components");try{return{header:JSON.parse(mc.decode(e)),
payload:JSON.parse(mc.decode(r)),signature:n}}catch{throw new Error("JWT is malformed")}}});var Et=p((fv,bc)=>{bc.exports=t=>!!t&&t.constructor===Object});var gi=p((hv,mi)=>{var _i=Et();function yi(t,e,...r){for(let n of r)if(_i(n))for(let[s,a]of Object.entries(n))s==="__proto__"||s==="constructor"||(typeof e[s]>"\
u"&&typeof a<"u"&&(e[s]=a),t&&_i(e[s])&&_i(a)&&yi(!0,e[s],a));return e}i(yi,"defaults");mi.exports=yi.bind(void 0,!1);mi.exports.deep=yi.bind(void 0,!0)});var wi=p((yv,vc)=>{var yy=/(\w+)=("[^"]*")/g;vc.exports=t=>{let e={};try{for(;yy.exec(t)!==null;)RegExp.$1&&RegExp.$2&&(e[RegExp.$1]=RegExp.$2.slice(1,-1))}catch{}
return e}});var xr=p((mv,Sc)=>{function my(t,e,r){if(!e[`${t}_endpoint`])return;let n=`${t}_endpoint_auth_method`,s=`${t}_endpoint_auth_signing_alg`,a=`${t}_endpoint_auth_s\
igning_alg_values_supported`;if(r[n]&&r[n].endsWith("_jwt")&&!r[s]&&!e[a])throw new TypeError(`${a} must be configured on the issuer if ${s} is not defined on a\
 client`)}i(my,"assertSigningAlgValuesSupport");function gy(t,e){if(!t[e])throw new TypeError(`${e} must be configured on the issuer`)}i(gy,"assertIssuerConfigu\
ration");Sc.exports={assertSigningAlgValuesSupport:my,assertIssuerConfiguration:gy}});var kr=p((wv,Ec)=>{Ec.exports=i(function(e,...r){let n={};for(let s of r)e[s]!==void 0&&(n[s]=e[s]);return n},"pick")});var Cr=p((vv,jc)=>{var{STATUS_CODES:bi}=require("http"),{format:Pc}=require("util"),{OPError:Kr}=te(),wy=wi(),by=i(t=>{let e=wy(t.headers["www-authenticate"]);if(e.
error)throw new Kr(e,t)},"throwAuthenticateErrors"),vy=i(t=>{let e=!1;try{let r;typeof t.body!="object"||Buffer.isBuffer(t.body)?r=JSON.parse(t.body):r=t.body,e=
typeof r.error=="string"&&r.error.length,e&&Object.defineProperty(t,"body",{value:r,configurable:!0})}catch{}return e},"isStandardBodyError");function Sy(t,{statusCode:e=200,
body:r=!0,bearer:n=!1}={}){if(t.statusCode!==e)throw n&&by(t),vy(t)?new Kr(t.body,t):new Kr({error:Pc("expected %i %s, got: %i %s",e,bi[e],t.statusCode,bi[t.statusCode])},
t);if(r&&!t.body)throw new Kr({error:Pc("expected %i %s with body but no body was returned",e,bi[e])},t);return t.body}i(Sy,"processResponse");jc.exports=Sy});var Pt=p((Ev,Ac)=>{Ac.exports=()=>Math.floor(Date.now()/1e3)});var Si=p((Pv,qc)=>{var Ey=St(),Jc=Pt(),vi=class{static{i(this,"TokenSet")}constructor(e){Object.assign(this,e);let{constructor:r,...n}=Object.getOwnPropertyDescriptors(
this.constructor.prototype);Object.defineProperties(this,n)}set expires_in(e){this.expires_at=Jc()+Number(e)}get expires_in(){return Math.max.apply(null,[this.expires_at-
Jc(),0])}expired(){return this.expires_in===0}claims(){if(!this.id_token)throw new TypeError("id_token not present in TokenSet");return JSON.parse(Ey.decode(this.
id_token.split(".")[1]))}};qc.exports=vi});var jt=p((Av,Wc)=>{var{createHash:Py,randomBytes:jy}=require("crypto"),Tc=St(),Ir=i((t=32)=>Tc.encode(jy(t)),"random");Wc.exports={random:Ir,state:Ir,nonce:Ir,codeVerifier:Ir,
codeChallenge:i(t=>Tc.encode(Py("sha256").update(t).digest()),"codeChallenge")}});var xc=p((qv,Oc)=>{"use strict";Oc.exports=function(t){t.prototype[Symbol.iterator]=function*(){for(let e=this.head;e;e=e.next)yield e.value}}});var Kc=p((Tv,kc)=>{"use strict";kc.exports=S;S.Node=Te;S.create=S;function S(t){var e=this;if(e instanceof S||(e=new S),e.tail=null,e.head=null,e.length=0,t&&typeof t.
forEach=="function")t.forEach(function(s){e.push(s)});else if(arguments.length>0)for(var r=0,n=arguments.length;r<n;r++)e.push(arguments[r]);return e}i(S,"Yalli\
st");S.prototype.removeNode=function(t){if(t.list!==this)throw new Error("removing node which does not belong to this list");var e=t.next,r=t.prev;return e&&(e.
prev=r),r&&(r.next=e),t===this.head&&(this.head=e),t===this.tail&&(this.tail=r),t.list.length--,t.next=null,t.prev=null,t.list=null,e};S.prototype.unshiftNode=function(t){
if(t!==this.head){t.list&&t.list.removeNode(t);var e=this.head;t.list=this,t.next=e,e&&(e.prev=t),this.head=t,this.tail||(this.tail=t),this.length++}};S.prototype.
pushNode=function(t){if(t!==this.tail){t.list&&t.list.removeNode(t);var e=this.tail;t.list=this,t.prev=e,e&&(e.next=t),this.tail=t,this.head||(this.head=t),this.
length++}};S.prototype.push=function(){for(var t=0,e=arguments.length;t<e;t++)Jy(this,arguments[t]);return this.length};S.prototype.unshift=function(){for(var t=0,
e=arguments.length;t<e;t++)qy(this,arguments[t]);return this.length};S.prototype.pop=function(){if(this.tail){var t=this.tail.value;return this.tail=this.tail.prev,
this.tail?this.tail.next=null:this.head=null,this.length--,t}};S.prototype.shift=function(){if(this.head){var t=this.head.value;return this.head=this.head.next,
this.head?this.head.prev=null:this.tail=null,this.length--,t}};S.prototype.forEach=function(t,e){e=e||this;for(var r=this.head,n=0;r!==null;n++)t.call(e,r.value,
n,this),r=r.next};S.prototype.forEachReverse=function(t,e){e=e||this;for(var r=this.tail,n=this.length-1;r!==null;n--)t.call(e,r.value,n,this),r=r.prev};S.prototype.
get=function(t){for(var e=0,r=this.head;r!==null&&e<t;e++)r=r.next;if(e===t&&r!==null)return r.value};S.prototype.getReverse=function(t){for(var e=0,r=this.tail;r!==
null&&e<t;e++)r=r.prev;if(e===t&&r!==null)return r.value};S.prototype.map=function(t,e){e=e||this;for(var r=new S,n=this.head;n!==null;)r.push(t.call(e,n.value,
this)),n=n.next;return r};S.prototype.mapReverse=function(t,e){e=e||this;for(var r=new S,n=this.tail;n!==null;)r.push(t.call(e,n.value,this)),n=n.prev;return r};
S.prototype.reduce=function(t,e){var r,n=this.head;if(arguments.length>1)r=e;else if(this.head)n=this.head.next,r=this.head.value;else throw new TypeError("Redu\
ce of empty list with no initial value");for(var s=0;n!==null;s++)r=t(r,n.value,s),n=n.next;return r};S.prototype.reduceReverse=function(t,e){var r,n=this.tail;
if(arguments.length>1)r=e;else if(this.tail)n=this.tail.prev,r=this.tail.value;else throw new TypeError("Reduce of empty list with no initial value");for(var s=this.
length-1;n!==null;s--)r=t(r,n.value,s),n=n.prev;return r};S.prototype.toArray=function(){for(var t=new Array(this.length),e=0,r=this.head;r!==null;e++)t[e]=r.value,
r=r.next;return t};S.prototype.toArrayReverse=function(){for(var t=new Array(this.length),e=0,r=this.tail;r!==null;e++)t[e]=r.value,r=r.prev;return t};S.prototype.
slice=function(t,e){e=e||this.length,e<0&&(e+=this.length),t=t||0,t<0&&(t+=this.length);var r=new S;if(e<t||e<0)return r;t<0&&(t=0),e>this.length&&(e=this.length);
for(var n=0,s=this.head;s!==null&&n<t;n++)s=s.next;for(;s!==null&&n<e;n++,s=s.next)r.push(s.value);return r};S.prototype.sliceReverse=function(t,e){e=e||this.length,
e<0&&(e+=this.length),t=t||0,t<0&&(t+=this.length);var r=new S;if(e<t||e<0)return r;t<0&&(t=0),e>this.length&&(e=this.length);for(var n=this.length,s=this.tail;s!==
null&&n>e;n--)s=s.prev;for(;s!==null&&n>t;n--,s=s.prev)r.push(s.value);return r};S.prototype.splice=function(t,e,...r){t>this.length&&(t=this.length-1),t<0&&(t=
this.length+t);for(var n=0,s=this.head;s!==null&&n<t;n++)s=s.next;for(var a=[],n=0;s&&n<e;n++)a.push(s.value),s=this.removeNode(s);s===null&&(s=this.tail),s!==this.
head&&s!==this.tail&&(s=s.prev);for(var n=0;n<r.length;n++)s=Ay(this,s,r[n]);return a};S.prototype.reverse=function(){for(var t=this.head,e=this.tail,r=t;r!==null;r=
r.prev){var n=r.prev;r.prev=r.next,r.next=n}return this.head=e,this.tail=t,this};function Ay(t,e,r){var n=e===t.head?new Te(r,null,e,t):new Te(r,e,e.next,t);return n.
next===null&&(t.tail=n),n.prev===null&&(t.head=n),t.length++,n}i(Ay,"insert");function Jy(t,e){t.tail=new Te(e,t.tail,null,t),t.head||(t.head=t.tail),t.length++}
i(Jy,"push");function qy(t,e){t.head=new Te(e,null,t.head,t),t.tail||(t.tail=t.head),t.length++}i(qy,"unshift");function Te(t,e,r,n){if(!(this instanceof Te))return new Te(
t,e,r,n);this.list=n,this.value=t,e?(e.next=this,this.prev=e):this.prev=null,r?(r.prev=this,this.next=r):this.next=null}i(Te,"Node");try{xc()(S)}catch{}});var Rr=p((Ov,Rc)=>{"use strict";var Ty=Kc(),We=Symbol("max"),ce=Symbol("length"),Qe=Symbol("lengthCalculator"),Jt=Symbol("allowStale"),Oe=Symbol("maxAge"),ae=Symbol(
"dispose"),Cc=Symbol("noDisposeOnSet"),k=Symbol("lruList"),Q=Symbol("cache"),Hc=Symbol("updateAgeOnGet"),Ei=i(()=>1,"naiveLength"),ji=class{static{i(this,"LRUCa\
che")}constructor(e){if(typeof e=="number"&&(e={max:e}),e||(e={}),e.max&&(typeof e.max!="number"||e.max<0))throw new TypeError("max must be a non-negative numbe\
r");let r=this[We]=e.max||1/0,n=e.length||Ei;if(this[Qe]=typeof n!="function"?Ei:n,this[Jt]=e.stale||!1,e.maxAge&&typeof e.maxAge!="number")throw new TypeError(
"maxAge must be a number");this[Oe]=e.maxAge||0,this[ae]=e.dispose,this[Cc]=e.noDisposeOnSet||!1,this[Hc]=e.updateAgeOnGet||!1,this.reset()}set max(e){if(typeof e!=
"number"||e<0)throw new TypeError("max must be a non-negative number");this[We]=e||1/0,At(this)}get max(){return this[We]}set allowStale(e){this[Jt]=!!e}get allowStale(){
return this[Jt]}set maxAge(e){if(typeof e!="number")throw new TypeError("maxAge must be a non-negative number");this[Oe]=e,At(this)}get maxAge(){return this[Oe]}set lengthCalculator(e){
typeof e!="function"&&(e=Ei),e!==this[Qe]&&(this[Qe]=e,this[ce]=0,this[k].forEach(r=>{r.length=this[Qe](r.value,r.key),this[ce]+=r.length})),At(this)}get lengthCalculator(){
return this[Qe]}get length(){return this[ce]}get itemCount(){return this[k].length}rforEach(e,r){r=r||this;for(let n=this[k].tail;n!==null;){let s=n.prev;Ic(this,
e,n,r),n=s}}forEach(e,r){r=r||this;for(let n=this[k].head;n!==null;){let s=n.next;Ic(this,e,n,r),n=s}}keys(){return this[k].toArray().map(e=>e.key)}values(){return this[k].
toArray().map(e=>e.value)}reset(){this[ae]&&this[k]&&this[k].length&&this[k].forEach(e=>this[ae](e.key,e.value)),this[Q]=new Map,this[k]=new Ty,this[ce]=0}dump(){
return this[k].map(e=>Hr(this,e)?!1:{k:e.key,v:e.value,e:e.now+(e.maxAge||0)}).toArray().filter(e=>e)}dumpLru(){return this[k]}set(e,r,n){if(n=n||this[Oe],n&&typeof n!=
"number")throw new TypeError("maxAge must be a number");let s=n?Date.now():0,a=this[Qe](r,e);if(this[Q].has(e)){if(a>this[We])return Ze(this,this[Q].get(e)),!1;
let d=this[Q].get(e).value;return this[ae]&&(this[Cc]||this[ae](e,d.value)),d.now=s,d.maxAge=n,d.value=r,this[ce]+=a-d.length,d.length=a,this.get(e),At(this),!0}
let c=new Ai(e,r,a,s,n);return c.length>this[We]?(this[ae]&&this[ae](e,r),!1):(this[ce]+=c.length,this[k].unshift(c),this[Q].set(e,this[k].head),At(this),!0)}has(e){
if(!this[Q].has(e))return!1;let r=this[Q].get(e).value;return!Hr(this,r)}get(e){return Pi(this,e,!0)}peek(e){return Pi(this,e,!1)}pop(){let e=this[k].tail;return e?
(Ze(this,e),e.value):null}del(e){Ze(this,this[Q].get(e))}load(e){this.reset();let r=Date.now();for(let n=e.length-1;n>=0;n--){let s=e[n],a=s.e||0;if(a===0)this.
set(s.k,s.v);else{let c=a-r;c>0&&this.set(s.k,s.v,c)}}}prune(){this[Q].forEach((e,r)=>Pi(this,r,!1))}},Pi=i((t,e,r)=>{let n=t[Q].get(e);if(n){let s=n.value;if(Hr(
t,s)){if(Ze(t,n),!t[Jt])return}else r&&(t[Hc]&&(n.value.now=Date.now()),t[k].unshiftNode(n));return s.value}},"get"),Hr=i((t,e)=>{if(!e||!e.maxAge&&!t[Oe])return!1;
let r=Date.now()-e.now;return e.maxAge?r>e.maxAge:t[Oe]&&r>t[Oe]},"isStale"),At=i(t=>{if(t[ce]>t[We])for(let e=t[k].tail;t[ce]>t[We]&&e!==null;){let r=e.prev;Ze(
t,e),e=r}},"trim"),Ze=i((t,e)=>{if(e){let r=e.value;t[ae]&&t[ae](r.key,r.value),t[ce]-=r.length,t[Q].delete(r.key),t[k].removeNode(e)}},"del"),Ai=class{static{i(
this,"Entry")}constructor(e,r,n,s,a){this.key=e,this.value=r,this.length=n,this.now=s,this.maxAge=a||0}},Ic=i((t,e,r,n)=>{let s=r.value;Hr(t,s)&&(Ze(t,r),t[Jt]||
(s=void 0)),s&&e.call(n,s.value,s.key,t)},"forEachStep");Rc.exports=ji});var Mc=p((kv,Wy)=>{Wy.exports={name:"openid-client",version:"5.7.1",description:"OpenID Connect Relying Party (RP, Client) implementation for Node.js runtime, s\
upports passportjs",keywords:["auth","authentication","basic","certified","client","connect","dynamic","electron","hybrid","identity","implicit","oauth","oauth2",
"oidc","openid","passport","relying party","strategy"],homepage:"https://github.com/panva/openid-client",repository:"panva/openid-client",funding:{url:"https://\
github.com/sponsors/panva"},license:"MIT",author:"Filip Skokan <panva.ip@gmail.com>",exports:{types:"./types/index.d.ts",import:"./lib/index.mjs",require:"./lib\
/index.js"},main:"./lib/index.js",types:"./types/index.d.ts",files:["lib","types/index.d.ts"],scripts:{format:"npx prettier --loglevel silent --write ./lib ./te\
st ./certification ./types",test:"mocha test/**/*.test.js"},dependencies:{jose:"^4.15.9","lru-cache":"^6.0.0","object-hash":"^2.2.0","oidc-token-hash":"^5.0.3"},
devDependencies:{"@types/node":"^16.18.106","@types/passport":"^1.0.16",base64url:"^3.0.1",chai:"^4.5.0",mocha:"^10.7.3",nock:"^13.5.5",prettier:"^2.8.8","reada\
ble-mock-req":"^0.2.2",sinon:"^9.2.4",timekeeper:"^2.3.1"},"standard-version":{scripts:{postchangelog:"sed -i '' -e 's/### \\[/## [/g' CHANGELOG.md"},types:[{type:"\
feat",section:"Features"},{type:"fix",section:"Fixes"},{type:"chore",hidden:!0},{type:"docs",hidden:!0},{type:"style",hidden:!0},{type:"refactor",section:"Refac\
tor",hidden:!1},{type:"perf",section:"Performance",hidden:!1},{type:"test",hidden:!0}]}}});var Mr=p((Kv,Dc)=>{var Oy=Symbol(),xy=Symbol();Dc.exports={CLOCK_TOLERANCE:xy,HTTP_OPTIONS:Oy}});var et=p((Cv,Ti)=>{var ky=require("assert"),Ky=require("querystring"),Cy=require("http"),Iy=require("https"),{once:Nc}=require("events"),{URL:Hy}=require("url"),
Ry=Rr(),Ji=Mc(),{RPError:My}=te(),$c=kr(),{deep:qi}=gi(),{HTTP_OPTIONS:Dy}=Mr(),Nr,Ny=/^[\x21\x23-\x5B\x5D-\x7E]+$/,Bc=["agent","ca","cert","crl","headers","key",
"lookup","passphrase","pfx","timeout"],Lc=i((t,e)=>{Nr=qi({},t.length?$c(e,...t):e,Nr)},"setDefaults");Lc([],{headers:{"User-Agent":`${Ji.name}/${Ji.version} (${Ji.
homepage})`,"Accept-Encoding":"identity"},timeout:3500});function Dr(t,e,r){r&&(t.removeHeader("content-type"),t.setHeader("content-type",r)),e&&(t.removeHeader(
"content-length"),t.setHeader("content-length",Buffer.byteLength(e)),t.write(e)),t.end()}i(Dr,"send");var Uc=new Ry({max:100});Ti.exports=i(async function(e,{accessToken:r,
mTLS:n=!1,DPoP:s}={}){let a;try{a=new Hy(e.url),delete e.url,ky(/^(https?:)$/.test(a.protocol))}catch{throw new TypeError("only valid absolute URLs can be reque\
sted")}let c=this[Dy],o=e,d=`${a.origin}${a.pathname}`;s&&"dpopProof"in this&&(o.headers=o.headers||{},o.headers.DPoP=await this.dpopProof({htu:`${a.origin}${a.
pathname}`,htm:e.method||"GET",nonce:Uc.get(d)},s,r));let u;if(c&&(u=$c(c.call(this,a,qi({},o,Nr)),...Bc)),o=qi({},u,o,Nr),n&&!o.pfx&&!(o.key&&o.cert))throw new TypeError(
"mutual-TLS certificate and key not set");if(o.searchParams)for(let[E,q]of Object.entries(o.searchParams))a.searchParams.delete(E),a.searchParams.set(E,q);let l,
f,_,g;({form:f,responseType:l,json:_,body:g,...o}=o);for(let[E,q]of Object.entries(o.headers||{}))q===void 0&&delete o.headers[E];let y,b=(a.protocol==="https:"?
Iy.request:Cy.request)(a.href,o);return(async()=>{if(_?Dr(b,JSON.stringify(_),"application/json"):f?Dr(b,Ky.stringify(f),"application/x-www-form-urlencoded"):g?
Dr(b,g):Dr(b),[y]=await Promise.race([Nc(b,"response"),Nc(b,"timeout")]),!y)throw b.destroy(),new My(`outgoing request timed out after ${o.timeout}ms`);let E=[];
for await(let q of y)E.push(q);if(E.length)switch(l){case"json":{Object.defineProperty(y,"body",{get(){let q=Buffer.concat(E);try{q=JSON.parse(q)}catch(ue){throw Object.
defineProperty(ue,"response",{value:y}),ue}finally{Object.defineProperty(y,"body",{value:q,configurable:!0})}return q},configurable:!0});break}case void 0:case"\
buffer":{Object.defineProperty(y,"body",{get(){let q=Buffer.concat(E);return Object.defineProperty(y,"body",{value:q,configurable:!0}),q},configurable:!0});break}default:
throw new TypeError("unsupported responseType request option")}return y})().catch(E=>{throw y&&Object.defineProperty(E,"response",{value:y}),E}).finally(()=>{let E=y&&
y.headers["dpop-nonce"];E&&Ny.test(E)&&Uc.set(d,E)})},"request");Ti.exports.setDefaults=Lc.bind(void 0,Bc)});var Ur=p((Hv,Fc)=>{Fc.exports.keystores=new WeakMap});var qt=p((Rv,zc)=>{zc.exports=globalThis.structuredClone||(t=>JSON.parse(JSON.stringify(t)))});var Oi=p((Dv,Yc)=>{var Wi=Or(),Uy=qt(),Vc=Et(),Gc=Symbol(),Xc=i((t,{alg:e,use:r})=>{let n=0;return e&&t.alg&&n++,r&&t.use&&n++,n},"keyscore");function $y(t){switch(typeof t==
"string"&&t.slice(0,2)){case"RS":case"PS":return"RSA";case"ES":return"EC";case"Ed":return"OKP";default:return}}i($y,"getKtyFromAlg");function By(t,e,r,n){if(e)return new Set(
[e]);switch(r){case"EC":{let s=[];if((t==="enc"||t===void 0)&&(s=s.concat(["ECDH-ES","ECDH-ES+A128KW","ECDH-ES+A192KW","ECDH-ES+A256KW"])),t==="sig"||t===void 0)
switch(n){case"P-256":case"P-384":s=s.concat([`ES${n.slice(-3)}`]);break;case"P-521":s=s.concat(["ES512"]);break;case"secp256k1":Wi.cryptoRuntime==="node:crypto"&&
(s=s.concat(["ES256K"]));break}return new Set(s)}case"OKP":return new Set(["ECDH-ES","ECDH-ES+A128KW","ECDH-ES+A192KW","ECDH-ES+A256KW"]);case"RSA":{let s=[];return(t===
"enc"||t===void 0)&&(s=s.concat(["RSA-OAEP","RSA-OAEP-256","RSA-OAEP-384","RSA-OAEP-512"]),Wi.cryptoRuntime==="node:crypto"&&(s=s.concat(["RSA1_5"]))),(t==="sig"||
t===void 0)&&(s=s.concat(["PS256","PS384","PS512","RS256","RS384","RS512"])),new Set(s)}default:throw new Error("unreachable")}}i(By,"getAlgorithms");Yc.exports=
class{static{i(this,"KeyStore")}#e;constructor(e,r){if(e!==Gc)throw new Error("invalid constructor call");this.#e=r}toJWKS(){return{keys:this.map(({jwk:{d:e,p:r,
q:n,dp:s,dq:a,qi:c,...o}})=>o)}}all({alg:e,kid:r,use:n}={}){if(!n||!e)throw new Error;let s=$y(e),a={alg:e,use:n};return this.filter(c=>{let o=!0;return o&&s!==
void 0&&c.jwk.kty!==s&&(o=!1),o&&r!==void 0&&c.jwk.kid!==r&&(o=!1),o&&n!==void 0&&c.jwk.use!==void 0&&c.jwk.use!==n&&(o=!1),o&&c.jwk.alg&&c.jwk.alg!==e?o=!1:c.algorithms.
has(e)||(o=!1),o}).sort((c,o)=>Xc(o,a)-Xc(c,a))}get(...e){return this.all(...e)[0]}static async fromJWKS(e,{onlyPublic:r=!1,onlyPrivate:n=!1}={}){if(!Vc(e)||!Array.
isArray(e.keys)||e.keys.some(a=>!Vc(a)||!("kty"in a)))throw new TypeError("jwks must be a JSON Web Key Set formatted object");let s=[];for(let a of e.keys){a=Uy(
a);let{kty:c,kid:o,crv:d}=a,{alg:u,use:l}=a;if(!(typeof c!="string"||!c)&&!(l!==void 0&&l!=="sig"&&l!=="enc")&&!(typeof u!="string"&&u!==void 0)&&!(typeof o!="s\
tring"&&o!==void 0)){if(c==="EC"&&l==="sig")switch(d){case"P-256":u="ES256";break;case"P-384":u="ES384";break;case"P-521":u="ES512";break;default:break}if(d==="\
secp256k1"&&(l="sig",u="ES256K"),c==="OKP")switch(d){case"Ed25519":case"Ed448":l="sig",u="EdDSA";break;case"X25519":case"X448":l="enc";break;default:break}if(u&&
!l)switch(!0){case u.startsWith("ECDH"):l="enc";break;case u.startsWith("RSA"):l="enc";break;default:break}if(n&&(a.kty==="oct"||!a.d))throw new Error("jwks mus\
t only contain private keys");r&&(a.d||a.k)||s.push({jwk:{...a,alg:u,use:l},async keyObject(f){if(this[f])return this[f];let _=await Wi.importJWK(this.jwk,f);return this[f]=
_,_},get algorithms(){return Object.defineProperty(this,"algorithms",{value:By(this.jwk.use,this.jwk.alg,this.jwk.kty,this.jwk.crv),enumerable:!0,configurable:!1}),
this.algorithms}})}}return new this(Gc,s)}filter(...e){return this.#e.filter(...e)}find(...e){return this.#e.find(...e)}every(...e){return this.#e.every(...e)}some(...e){
return this.#e.some(...e)}map(...e){return this.#e.map(...e)}forEach(...e){return this.#e.forEach(...e)}reduce(...e){return this.#e.reduce(...e)}sort(...e){return this.#e.
sort(...e)}*[Symbol.iterator](){for(let e of this.#e)yield e}}});var eu=p((Uv,Zc)=>{var xi=Et();function Qc(t,...e){for(let r of e)if(xi(r))for(let[n,s]of Object.entries(r))n==="__proto__"||n==="constructor"||(xi(t[n])&&xi(s)?
t[n]=Qc(t[n],s):typeof s<"u"&&(t[n]=s));return t}i(Qc,"merge");Zc.exports=Qc});var Ki=p((Bv,su)=>{var tu=Or(),{RPError:ki}=te(),{assertIssuerConfiguration:Ly}=xr(),{random:Fy}=jt(),zy=Pt(),Vy=et(),{keystores:Gy}=Ur(),Xy=eu(),ru=i(t=>encodeURIComponent(
t).replace(/%20/g,"+"),"formUrlEncode");async function Yy(t,e){let r=this[`${t}_endpoint_auth_signing_alg`];if(r||Ly(this.issuer,`${t}_endpoint_auth_signing_alg\
_values_supported`),this[`${t}_endpoint_auth_method`]==="client_secret_jwt"){if(!r){let a=this.issuer[`${t}_endpoint_auth_signing_alg_values_supported`];r=Array.
isArray(a)&&a.find(c=>/^HS(?:256|384|512)/.test(c))}if(!r)throw new ki(`failed to determine a JWS Algorithm to use for ${this[`${t}_endpoint_auth_method`]} Clie\
nt Assertion`);return new tu.CompactSign(Buffer.from(JSON.stringify(e))).setProtectedHeader({alg:r}).sign(this.secretForAlg(r))}let n=await Gy.get(this);if(!n)throw new TypeError(
"no client jwks provided for signing a client assertion with");if(!r){let a=this.issuer[`${t}_endpoint_auth_signing_alg_values_supported`];r=Array.isArray(a)&&a.
find(c=>n.get({alg:c,use:"sig"}))}if(!r)throw new ki(`failed to determine a JWS Algorithm to use for ${this[`${t}_endpoint_auth_method`]} Client Assertion`);let s=n.
get({alg:r,use:"sig"});if(!s)throw new ki(`no key found in client jwks to sign a client assertion with using alg ${r}`);return new tu.CompactSign(Buffer.from(JSON.
stringify(e))).setProtectedHeader({alg:r,kid:s.jwk&&s.jwk.kid}).sign(await s.keyObject(r))}i(Yy,"clientAssertion");async function nu(t,{clientAssertionPayload:e}={}){
switch(this[`${t}_endpoint_auth_method`]){case"self_signed_tls_client_auth":case"tls_client_auth":case"none":return{form:{client_id:this.client_id}};case"client\
_secret_post":if(typeof this.client_secret!="string")throw new TypeError("client_secret_post client authentication method requires a client_secret");return{form:{
client_id:this.client_id,client_secret:this.client_secret}};case"private_key_jwt":case"client_secret_jwt":{let n=zy(),s=await Yy.call(this,t,{iat:n,exp:n+60,jti:Fy(),
iss:this.client_id,sub:this.client_id,aud:this.issuer.issuer,...e});return{form:{client_id:this.client_id,client_assertion:s,client_assertion_type:"urn:ietf:par\
ams:oauth:client-assertion-type:jwt-bearer"}}}case"client_secret_basic":{if(typeof this.client_secret!="string")throw new TypeError("client_secret_basic client \
authentication method requires a client_secret");let n=`${ru(this.client_id)}:${ru(this.client_secret)}`;return{headers:{Authorization:`Basic ${Buffer.from(n).toString(
"base64")}`}}}default:throw new TypeError(`missing, or unsupported, ${t}_endpoint_auth_method`)}}i(nu,"authFor");function Qy(){let{length:t,0:e}=this.response_types;
if(t===1)return e}i(Qy,"resolveResponseType");function Zy(){let{length:t,0:e}=this.redirect_uris||[];if(t===1)return e}i(Zy,"resolveRedirectUri");async function em(t,e,{
clientAssertionPayload:r,endpointAuthMethod:n=t,DPoP:s}={}){let a=await nu.call(this,n,{clientAssertionPayload:r}),c=Xy(e,a),o=this[`${n}_endpoint_auth_method`].
includes("tls_client_auth")||t==="token"&&this.tls_client_certificate_bound_access_tokens,d;if(o&&this.issuer.mtls_endpoint_aliases&&(d=this.issuer.mtls_endpoint_aliases[`${t}\
_endpoint`]),d=d||this.issuer[`${t}_endpoint`],"form"in c)for(let[u,l]of Object.entries(c.form))typeof l>"u"&&delete c.form[u];return Vy.call(this,{...c,method:"\
POST",url:d,headers:{...t!=="revocation"?{Accept:"application/json"}:void 0,...c.headers}},{mTLS:o,DPoP:s})}i(em,"authenticatedPost");su.exports={resolveResponseType:Qy,
resolveRedirectUri:Zy,authFor:nu,authenticatedPost:em}});var du=p((xe,uu)=>{"use strict";var Ci=require("crypto");xe=uu.exports=Tt;function Tt(t,e){return e=au(t,e),tm(t,e)}i(Tt,"objectHash");xe.sha1=function(t){return Tt(
t)};xe.keys=function(t){return Tt(t,{excludeValues:!0,algorithm:"sha1",encoding:"hex"})};xe.MD5=function(t){return Tt(t,{algorithm:"md5",encoding:"hex"})};xe.keysMD5=
function(t){return Tt(t,{algorithm:"md5",encoding:"hex",excludeValues:!0})};var tt=Ci.getHashes?Ci.getHashes().slice():["sha1","md5"];tt.push("passthrough");var iu=[
"buffer","hex","binary","base64"];function au(t,e){e=e||{};var r={};if(r.algorithm=e.algorithm||"sha1",r.encoding=e.encoding||"hex",r.excludeValues=!!e.excludeValues,
r.algorithm=r.algorithm.toLowerCase(),r.encoding=r.encoding.toLowerCase(),r.ignoreUnknown=e.ignoreUnknown===!0,r.respectType=e.respectType!==!1,r.respectFunctionNames=
e.respectFunctionNames!==!1,r.respectFunctionProperties=e.respectFunctionProperties!==!1,r.unorderedArrays=e.unorderedArrays===!0,r.unorderedSets=e.unorderedSets!==
!1,r.unorderedObjects=e.unorderedObjects!==!1,r.replacer=e.replacer||void 0,r.excludeKeys=e.excludeKeys||void 0,typeof t>"u")throw new Error("Object argument re\
quired.");for(var n=0;n<tt.length;++n)tt[n].toLowerCase()===r.algorithm.toLowerCase()&&(r.algorithm=tt[n]);if(tt.indexOf(r.algorithm)===-1)throw new Error('Algo\
rithm "'+r.algorithm+'"  not supported. supported values: '+tt.join(", "));if(iu.indexOf(r.encoding)===-1&&r.algorithm!=="passthrough")throw new Error('Encoding\
 "'+r.encoding+'"  not supported. supported values: '+iu.join(", "));return r}i(au,"applyDefaults");function ou(t){if(typeof t!="function")return!1;var e=/^function\s+\w*\s*\(\s*\)\s*{\s+\[native code\]\s+}$/i;
return e.exec(Function.prototype.toString.call(t))!=null}i(ou,"isNativeFunction");function tm(t,e){var r;e.algorithm!=="passthrough"?r=Ci.createHash(e.algorithm):
r=new cu,typeof r.write>"u"&&(r.write=r.update,r.end=r.update);var n=Ii(e,r);if(n.dispatch(t),r.update||r.end(""),r.digest)return r.digest(e.encoding==="buffer"?
void 0:e.encoding);var s=r.read();return e.encoding==="buffer"?s:s.toString(e.encoding)}i(tm,"hash");xe.writeToStream=function(t,e,r){return typeof r>"u"&&(r=e,
e={}),e=au(t,e),Ii(e,r).dispatch(t)};function Ii(t,e,r){r=r||[];var n=i(function(s){return e.update?e.update(s,"utf8"):e.write(s,"utf8")},"write");return{dispatch:i(
function(s){t.replacer&&(s=t.replacer(s));var a=typeof s;return s===null&&(a="null"),this["_"+a](s)},"dispatch"),_object:i(function(s){var a=/\[object (.*)\]/i,
c=Object.prototype.toString.call(s),o=a.exec(c);o?o=o[1]:o="unknown:["+c+"]",o=o.toLowerCase();var d=null;if((d=r.indexOf(s))>=0)return this.dispatch("[CIRCULAR\
:"+d+"]");if(r.push(s),typeof Buffer<"u"&&Buffer.isBuffer&&Buffer.isBuffer(s))return n("buffer:"),n(s);if(o!=="object"&&o!=="function"&&o!=="asyncfunction")if(this["\
_"+o])this["_"+o](s);else{if(t.ignoreUnknown)return n("["+o+"]");throw new Error('Unknown object type "'+o+'"')}else{var u=Object.keys(s);t.unorderedObjects&&(u=
u.sort()),t.respectType!==!1&&!ou(s)&&u.splice(0,0,"prototype","__proto__","constructor"),t.excludeKeys&&(u=u.filter(function(f){return!t.excludeKeys(f)})),n("o\
bject:"+u.length+":");var l=this;return u.forEach(function(f){l.dispatch(f),n(":"),t.excludeValues||l.dispatch(s[f]),n(",")})}},"_object"),_array:i(function(s,a){
a=typeof a<"u"?a:t.unorderedArrays!==!1;var c=this;if(n("array:"+s.length+":"),!a||s.length<=1)return s.forEach(function(u){return c.dispatch(u)});var o=[],d=s.
map(function(u){var l=new cu,f=r.slice(),_=Ii(t,l,f);return _.dispatch(u),o=o.concat(f.slice(r.length)),l.read().toString()});return r=r.concat(o),d.sort(),this.
_array(d,!1)},"_array"),_date:i(function(s){return n("date:"+s.toJSON())},"_date"),_symbol:i(function(s){return n("symbol:"+s.toString())},"_symbol"),_error:i(function(s){
return n("error:"+s.toString())},"_error"),_boolean:i(function(s){return n("bool:"+s.toString())},"_boolean"),_string:i(function(s){n("string:"+s.length+":"),n(
s.toString())},"_string"),_function:i(function(s){n("fn:"),ou(s)?this.dispatch("[native]"):this.dispatch(s.toString()),t.respectFunctionNames!==!1&&this.dispatch(
"function-name:"+String(s.name)),t.respectFunctionProperties&&this._object(s)},"_function"),_number:i(function(s){return n("number:"+s.toString())},"_number"),_xml:i(
function(s){return n("xml:"+s.toString())},"_xml"),_null:i(function(){return n("Null")},"_null"),_undefined:i(function(){return n("Undefined")},"_undefined"),_regexp:i(
function(s){return n("regex:"+s.toString())},"_regexp"),_uint8array:i(function(s){return n("uint8array:"),this.dispatch(Array.prototype.slice.call(s))},"_uint8a\
rray"),_uint8clampedarray:i(function(s){return n("uint8clampedarray:"),this.dispatch(Array.prototype.slice.call(s))},"_uint8clampedarray"),_int8array:i(function(s){
return n("uint8array:"),this.dispatch(Array.prototype.slice.call(s))},"_int8array"),_uint16array:i(function(s){return n("uint16array:"),this.dispatch(Array.prototype.
slice.call(s))},"_uint16array"),_int16array:i(function(s){return n("uint16array:"),this.dispatch(Array.prototype.slice.call(s))},"_int16array"),_uint32array:i(function(s){
return n("uint32array:"),this.dispatch(Array.prototype.slice.call(s))},"_uint32array"),_int32array:i(function(s){return n("uint32array:"),this.dispatch(Array.prototype.
slice.call(s))},"_int32array"),_float32array:i(function(s){return n("float32array:"),this.dispatch(Array.prototype.slice.call(s))},"_float32array"),_float64array:i(
function(s){return n("float64array:"),this.dispatch(Array.prototype.slice.call(s))},"_float64array"),_arraybuffer:i(function(s){return n("arraybuffer:"),this.dispatch(
new Uint8Array(s))},"_arraybuffer"),_url:i(function(s){return n("url:"+s.toString(),"utf8")},"_url"),_map:i(function(s){n("map:");var a=Array.from(s);return this.
_array(a,t.unorderedSets!==!1)},"_map"),_set:i(function(s){n("set:");var a=Array.from(s);return this._array(a,t.unorderedSets!==!1)},"_set"),_file:i(function(s){
return n("file:"),this.dispatch([s.name,s.size,s.type,s.lastModfied])},"_file"),_blob:i(function(){if(t.ignoreUnknown)return n("[blob]");throw Error(`Hashing Bl\
ob objects is currently not supported
(see https://github.com/puleos/object-hash/issues/26)
Use "options.replacer" or "options.ignoreUnknown"
`)},"_blob"),_domwindow:i(function(){return n("domwindow")},"_domwindow"),_bigint:i(function(s){return n("bigint:"+s.toString())},"_bigint"),_process:i(function(){
return n("process")},"_process"),_timer:i(function(){return n("timer")},"_timer"),_pipe:i(function(){return n("pipe")},"_pipe"),_tcp:i(function(){return n("tcp")},
"_tcp"),_udp:i(function(){return n("udp")},"_udp"),_tty:i(function(){return n("tty")},"_tty"),_statwatcher:i(function(){return n("statwatcher")},"_statwatcher"),
_securecontext:i(function(){return n("securecontext")},"_securecontext"),_connection:i(function(){return n("connection")},"_connection"),_zlib:i(function(){return n(
"zlib")},"_zlib"),_context:i(function(){return n("context")},"_context"),_nodescript:i(function(){return n("nodescript")},"_nodescript"),_httpparser:i(function(){
return n("httpparser")},"_httpparser"),_dataview:i(function(){return n("dataview")},"_dataview"),_signal:i(function(){return n("signal")},"_signal"),_fsevent:i(
function(){return n("fsevent")},"_fsevent"),_tlswrap:i(function(){return n("tlswrap")},"_tlswrap")}}i(Ii,"typeHasher");function cu(){return{buf:"",write:i(function(t){
this.buf+=t},"write"),end:i(function(t){this.buf+=t},"end"),read:i(function(){return this.buf},"read")}}i(cu,"PassThrough")});var Mi=p((zv,Ri)=>{var rm=du(),nm=Rr(),{RPError:lu}=te(),{assertIssuerConfiguration:sm}=xr(),im=Oi(),{keystores:pu}=Ur(),om=Cr(),am=et(),Wt=new WeakMap,Hi=new WeakMap,
fu=i(t=>(Hi.has(t)||Hi.set(t,new nm({max:100})),Hi.get(t)),"lrus");async function hu(t=!1){sm(this,"jwks_uri");let e=pu.get(this),r=fu(this);return t||!e?Wt.has(
this)?Wt.get(this):(r.reset(),Wt.set(this,(async()=>{let n=await am.call(this,{method:"GET",responseType:"json",url:this.jwks_uri,headers:{Accept:"application/j\
son, application/jwk-set+json"}}).finally(()=>{Wt.delete(this)}),s=om(n),a=im.fromJWKS(s,{onlyPublic:!0});return r.set("throttle",!0,60*1e3),pu.set(this,a),a})()),
Wt.get(this)):e}i(hu,"getKeyStore");async function cm({kid:t,kty:e,alg:r,use:n},{allowMulti:s=!1}={}){let a=fu(this),c={kid:t,kty:e,alg:r,use:n},o=rm(c,{algorithm:"\
sha256",ignoreUnknown:!0,unorderedArrays:!0,unorderedSets:!0,respectType:!1}),d=a.get(o)||a.get("throttle"),u=await hu.call(this,!d),l=u.all(c);if(delete c.use,
l.length===0)throw new lu({printf:["no valid key found in issuer's jwks_uri for key parameters %j",c],jwks:u});if(!s&&l.length>1&&!t)throw new lu({printf:["mult\
iple matching keys found in issuer's jwks_uri for key parameters %j, kid must be provided in this case",c],jwks:u});return a.set(o,!0),l}i(cm,"queryKeyStore");Ri.
exports.queryKeyStore=cm;Ri.exports.keystore=hu});var gu=p((Gv,mu)=>{var{inspect:_u}=require("util"),{RPError:$r,OPError:um}=te(),yu=Pt(),Di=class{static{i(this,"DeviceFlowHandle")}#e;#t;#n;#s;#o;#a;#i;#c;#r;constructor({
client:e,exchangeBody:r,clientAssertionPayload:n,response:s,maxAge:a,DPoP:c}){if(["verification_uri","user_code","device_code"].forEach(o=>{if(typeof s[o]!="str\
ing"||!s[o])throw new $r(`expected ${o} string to be returned by Device Authorization Response, got %j`,s[o])}),!Number.isSafeInteger(s.expires_in))throw new $r(
"expected expires_in number to be returned by Device Authorization Response, got %j",s.expires_in);this.#a=yu()+s.expires_in,this.#t=e,this.#s=c,this.#c=a,this.#o=
r,this.#n=n,this.#r=s,this.#i=s.interval*1e3||5e3}abort(){this.#e=!0}async poll({signal:e}={}){if(e&&e.aborted||this.#e)throw new $r("polling aborted");if(this.
expired())throw new $r("the device code %j has expired and the device authorization session has concluded",this.device_code);await new Promise(n=>setTimeout(n,this.#i));
let r;try{r=await this.#t.grant({...this.#o,grant_type:"urn:ietf:params:oauth:grant-type:device_code",device_code:this.device_code},{clientAssertionPayload:this.#n,
DPoP:this.#s})}catch(n){switch(n instanceof um&&n.error){case"slow_down":this.#i+=5e3;case"authorization_pending":return this.poll({signal:e});default:throw n}}
return"id_token"in r&&(await this.#t.decryptIdToken(r),await this.#t.validateIdToken(r,void 0,"token",this.#c)),r}get device_code(){return this.#r.device_code}get user_code(){
return this.#r.user_code}get verification_uri(){return this.#r.verification_uri}get verification_uri_complete(){return this.#r.verification_uri_complete}get expires_in(){
return Math.max.apply(null,[this.#a-yu(),0])}expired(){return this.expires_in===0}[_u.custom](){return`${this.constructor.name} ${_u(this.#r,{depth:1/0,colors:process.
stdout.isTTY,compact:!1,sorted:!0})}`}};mu.exports=Di});var no=p((Qv,ro)=>{var{inspect:wu}=require("util"),dm=require("http"),Ni=require("crypto"),{strict:Ui}=require("assert"),Qi=require("querystring"),Zi=require("url"),
{URL:bu,URLSearchParams:vu}=require("url"),D=Or(),$i=hc(),xu=yc(),lm=wc(),Br=St(),Su=gi(),pm=wi(),{assertSigningAlgValuesSupport:Eu,assertIssuerConfiguration:z}=xr(),
eo=kr(),ve=Et(),we=Cr(),M=Si(),{OPError:Bi,RPError:m}=te(),Li=Pt(),{random:Pu}=jt(),Fi=et(),{CLOCK_TOLERANCE:Z}=Mr(),{keystores:zi}=Ur(),fm=Oi(),ju=qt(),{authenticatedPost:Ot,
resolveResponseType:hm,resolveRedirectUri:_m}=Ki(),{queryKeyStore:Au}=Mi(),ym=gu(),[Ju,mm]=process.version.slice(1).split(".").map(t=>parseInt(t,10)),gm=Ju>=17||
Ju===16&&mm>=9,Vi=Symbol(),qu=Symbol(),Tu=Symbol();function be(t){return eo(t,"access_token","code","error_description","error_uri","error","expires_in","id_tok\
en","iss","response","session_state","state","token_type")}i(be,"pickCb");function Gi(t,e="Bearer"){return`${e} ${t}`}i(Gi,"authorizationHeaderValue");function Xi(t){
let e=Zi.parse(t);return e.search?Qi.parse(e.search.substring(1)):{}}i(Xi,"getSearchParams");function wm(t,e,r){if(t[r]===void 0)throw new m({message:`missing r\
equired JWT property ${r}`,jwt:e})}i(wm,"verifyPresence");function Lr(t){let e={client_id:this.client_id,scope:"openid",response_type:hm.call(this),redirect_uri:_m.
call(this),...t};return Object.entries(e).forEach(([r,n])=>{n==null?delete e[r]:r==="claims"&&typeof n=="object"?e[r]=JSON.stringify(n):r==="resource"&&Array.isArray(
n)?e[r]=n:typeof n!="string"&&(e[r]=String(n))}),e}i(Lr,"authorizationParams");function Wu(t){if(!ve(t)||!Array.isArray(t.keys)||t.keys.some(e=>!ve(e)||!("kty"in
e)))throw new TypeError("jwks must be a JSON Web Key Set formatted object");return fm.fromJWKS(t,{onlyPrivate:!0})}i(Wu,"getKeystore");function bm(t,e){try{let r=t.
issuer.token_endpoint_auth_methods_supported;r.includes(e.token_endpoint_auth_method)||r.includes("client_secret_post")&&(e.token_endpoint_auth_method="client_s\
ecret_post")}catch{}}i(bm,"checkBasicSupport");function vm(t,e,r){if(e.token_endpoint_auth_method||bm(t,r),e.redirect_uri){if(e.redirect_uris)throw new TypeError(
"provide a redirect_uri or redirect_uris, not both");r.redirect_uris=[e.redirect_uri],delete r.redirect_uri}if(e.response_type){if(e.response_types)throw new TypeError(
"provide a response_type or response_types, not both");r.response_types=[e.response_type],delete r.response_type}}i(vm,"handleCommonMistakes");function Sm(t,e,r){
if(!e[`${t}_endpoint`])return;let n=r.token_endpoint_auth_method,s=r.token_endpoint_auth_signing_alg,a=`${t}_endpoint_auth_method`,c=`${t}_endpoint_auth_signing\
_alg`;r[a]===void 0&&r[c]===void 0&&(n!==void 0&&(r[a]=n),s!==void 0&&(r[c]=s))}i(Sm,"getDefaultsForEndpoint");var Fr=class{static{i(this,"BaseClient")}#e;#t;#n;#s;constructor(e,r,n={},s,a){
if(this.#e=new Map,this.#t=e,this.#n=r,typeof n.client_id!="string"||!n.client_id)throw new TypeError("client_id is required");let c={grant_types:["authorizatio\
n_code"],id_token_signed_response_alg:"RS256",authorization_signed_response_alg:"RS256",response_types:["code"],token_endpoint_auth_method:"client_secret_basic",
...this.fapi1()?{grant_types:["authorization_code","implicit"],id_token_signed_response_alg:"PS256",authorization_signed_response_alg:"PS256",response_types:["c\
ode id_token"],tls_client_certificate_bound_access_tokens:!0,token_endpoint_auth_method:void 0}:void 0,...this.fapi2()?{id_token_signed_response_alg:"PS256",authorization_signed_response_alg:"\
PS256",token_endpoint_auth_method:void 0}:void 0,...n};if(this.fapi())switch(c.token_endpoint_auth_method){case"self_signed_tls_client_auth":case"tls_client_aut\
h":break;case"private_key_jwt":if(!s)throw new TypeError("jwks is required");break;case void 0:throw new TypeError("token_endpoint_auth_method is required");default:
throw new TypeError("invalid or unsupported token_endpoint_auth_method")}if(this.fapi2()){if(c.tls_client_certificate_bound_access_tokens&&c.dpop_bound_access_tokens)
throw new TypeError("either tls_client_certificate_bound_access_tokens or dpop_bound_access_tokens must be set to true");if(!c.tls_client_certificate_bound_access_tokens&&
!c.dpop_bound_access_tokens)throw new TypeError("either tls_client_certificate_bound_access_tokens or dpop_bound_access_tokens must be set to true")}if(vm(this,
n,c),Eu("token",this.issuer,c),["introspection","revocation"].forEach(o=>{Sm(o,this.issuer,c),Eu(o,this.issuer,c)}),Object.entries(c).forEach(([o,d])=>{this.#e.
set(o,d),this[o]||Object.defineProperty(this,o,{get(){return this.#e.get(o)},enumerable:!0})}),s!==void 0){let o=Wu.call(this,s);zi.set(this,o)}a!=null&&a.additionalAuthorizedParties&&
(this.#s=ju(a.additionalAuthorizedParties)),this[Z]=0}authorizationUrl(e={}){if(!ve(e))throw new TypeError("params must be a plain object");z(this.issuer,"autho\
rization_endpoint");let r=new bu(this.issuer.authorization_endpoint);for(let[n,s]of Object.entries(Lr.call(this,e)))if(Array.isArray(s)){r.searchParams.delete(n);
for(let a of s)r.searchParams.append(n,a)}else r.searchParams.set(n,s);return r.href.replace(/\+/g,"%20")}authorizationPost(e={}){if(!ve(e))throw new TypeError(
"params must be a plain object");let r=Lr.call(this,e),n=Object.keys(r).map(s=>`<input type="hidden" name="${s}" value="${r[s]}"/>`).join(`
`);return`<!DOCTYPE html>
<head>
<title>Requesting Authorization</title>
</head>
<body onload="javascript:document.forms[0].submit()">
<form method="post" action="${this.issuer.authorization_endpoint}">
  ${n}
</form>
</body>
</html>`}endSessionUrl(e={}){z(this.issuer,"end_session_endpoint");let{0:r,length:n}=this.post_logout_redirect_uris||[],{post_logout_redirect_uri:s=n===1?r:void 0}=e,
a;if({id_token_hint:a,...e}=e,a instanceof M){if(!a.id_token)throw new TypeError("id_token not present in TokenSet");a=a.id_token}let c=Zi.parse(this.issuer.end_session_endpoint),
o=Su(Xi(this.issuer.end_session_endpoint),e,{post_logout_redirect_uri:s,client_id:this.client_id},{id_token_hint:a});return Object.entries(o).forEach(([d,u])=>{
u==null&&delete o[d]}),c.search=null,c.query=o,Zi.format(c)}callbackParams(e){let r=e instanceof dm.IncomingMessage||e&&e.method&&e.url;if(!(typeof e=="string")&&
!r)throw new TypeError("#callbackParams only accepts string urls, http.IncomingMessage or a lookalike");if(r)switch(e.method){case"GET":return be(Xi(e.url));case"\
POST":if(e.body===void 0)throw new TypeError("incoming message body missing, include a body parser prior to this method call");switch(typeof e.body){case"object":case"\
string":return Buffer.isBuffer(e.body)?be(Qi.parse(e.body.toString("utf-8"))):typeof e.body=="string"?be(Qi.parse(e.body)):be(e.body);default:throw new TypeError(
"invalid IncomingMessage body object")}default:throw new TypeError("invalid IncomingMessage method")}else return be(Xi(e))}async callback(e,r,n={},{exchangeBody:s,
clientAssertionPayload:a,DPoP:c}={}){let o=be(r);if(n.jarm&&!("response"in r))throw new m({message:"expected a JARM response",checks:n,params:o});if("response"in
r){let u=await this.decryptJARM(o.response);o=await this.validateJARM(u)}if(this.default_max_age&&!n.max_age&&(n.max_age=this.default_max_age),o.state&&!n.state)
throw new TypeError("checks.state argument is missing");if(!o.state&&n.state)throw new m({message:"state missing from the response",checks:n,params:o});if(n.state!==
o.state)throw new m({printf:["state mismatch, expected %s, got: %s",n.state,o.state],checks:n,params:o});if("iss"in o){if(z(this.issuer,"issuer"),o.iss!==this.issuer.
issuer)throw new m({printf:["iss mismatch, expected %s, got: %s",this.issuer.issuer,o.iss],params:o})}else if(this.issuer.authorization_response_iss_parameter_supported&&
!("id_token"in o)&&!("response"in r))throw new m({message:"iss missing from the response",params:o});if(o.error)throw new Bi(o);let d={code:["code"],id_token:["\
id_token"],token:["access_token","token_type"]};if(n.response_type){for(let u of n.response_type.split(" "))if(u==="none"){if(o.code||o.id_token||o.access_token)
throw new m({message:'unexpected params encountered for "none" response',checks:n,params:o})}else for(let l of d[u])if(!o[l])throw new m({message:`${l} missing \
from response`,checks:n,params:o})}if(o.id_token){let u=new M(o);if(await this.decryptIdToken(u),await this.validateIdToken(u,n.nonce,"authorization",n.max_age,
n.state),!o.code)return u}if(o.code){let u=await this.grant({...s,grant_type:"authorization_code",code:o.code,redirect_uri:e,code_verifier:n.code_verifier},{clientAssertionPayload:a,
DPoP:c});return await this.decryptIdToken(u),await this.validateIdToken(u,n.nonce,"token",n.max_age),o.session_state&&(u.session_state=o.session_state),u}return new M(
o)}async oauthCallback(e,r,n={},{exchangeBody:s,clientAssertionPayload:a,DPoP:c}={}){let o=be(r);if(n.jarm&&!("response"in r))throw new m({message:"expected a J\
ARM response",checks:n,params:o});if("response"in r){let u=await this.decryptJARM(o.response);o=await this.validateJARM(u)}if(o.state&&!n.state)throw new TypeError(
"checks.state argument is missing");if(!o.state&&n.state)throw new m({message:"state missing from the response",checks:n,params:o});if(n.state!==o.state)throw new m(
{printf:["state mismatch, expected %s, got: %s",n.state,o.state],checks:n,params:o});if("iss"in o){if(z(this.issuer,"issuer"),o.iss!==this.issuer.issuer)throw new m(
{printf:["iss mismatch, expected %s, got: %s",this.issuer.issuer,o.iss],params:o})}else if(this.issuer.authorization_response_iss_parameter_supported&&!("id_tok\
en"in o)&&!("response"in r))throw new m({message:"iss missing from the response",params:o});if(o.error)throw new Bi(o);if(typeof o.id_token=="string"&&o.id_token.
length)throw new m({message:"id_token detected in the response, you must use client.callback() instead of client.oauthCallback()",params:o});delete o.id_token;let d={
code:["code"],token:["access_token","token_type"]};if(n.response_type)for(let u of n.response_type.split(" ")){if(u==="none"&&(o.code||o.id_token||o.access_token))
throw new m({message:'unexpected params encountered for "none" response',checks:n,params:o});if(d[u]){for(let l of d[u])if(!o[l])throw new m({message:`${l} miss\
ing from response`,checks:n,params:o})}}if(o.code){let u=await this.grant({...s,grant_type:"authorization_code",code:o.code,redirect_uri:e,code_verifier:n.code_verifier},
{clientAssertionPayload:a,DPoP:c});if(typeof u.id_token=="string"&&u.id_token.length)throw new m({message:"id_token detected in the response, you must use clien\
t.callback() instead of client.oauthCallback()",params:o});return delete u.id_token,u}return new M(o)}async decryptIdToken(e){if(!this.id_token_encrypted_response_alg)
return e;let r=e;if(r instanceof M){if(!r.id_token)throw new TypeError("id_token not present in TokenSet");r=r.id_token}let n=this.id_token_encrypted_response_alg,
s=this.id_token_encrypted_response_enc,a=await this.decryptJWE(r,n,s);return e instanceof M?(e.id_token=a,e):a}async validateJWTUserinfo(e){let r=this.userinfo_signed_response_alg;
return this.validateJWT(e,r,[])}async decryptJARM(e){if(!this.authorization_encrypted_response_alg)return e;let r=this.authorization_encrypted_response_alg,n=this.
authorization_encrypted_response_enc;return this.decryptJWE(e,r,n)}async decryptJWTUserinfo(e){if(!this.userinfo_encrypted_response_alg)return e;let r=this.userinfo_encrypted_response_alg,
n=this.userinfo_encrypted_response_enc;return this.decryptJWE(e,r,n)}async decryptJWE(e,r,n="A128CBC-HS256"){let s=JSON.parse(Br.decode(e.split(".")[0]));if(s.alg!==
r)throw new m({printf:["unexpected JWE alg received, expected %s, got: %s",r,s.alg],jwt:e});if(s.enc!==n)throw new m({printf:["unexpected JWE enc received, expe\
cted %s, got: %s",n,s.enc],jwt:e});let a=i(o=>new TextDecoder().decode(o.plaintext),"getPlaintext"),c;if(r.match(/^(?:RSA|ECDH)/)){let o=await zi.get(this),d=D.
decodeProtectedHeader(e);for(let u of o.all({...d,use:"enc"}))if(c=await D.compactDecrypt(e,await u.keyObject(d.alg)).then(a,()=>{}),c)break}else c=await D.compactDecrypt(
e,this.secretForAlg(r==="dir"?n:r)).then(a,()=>{});if(!c)throw new m({message:"failed to decrypt JWE",jwt:e});return c}async validateIdToken(e,r,n,s,a){let c=e,
o=this.id_token_signed_response_alg;if(c instanceof M){if(!c.id_token)throw new TypeError("id_token not present in TokenSet");c=c.id_token}c=String(c);let u=Li(),
{protected:l,payload:f,key:_}=await this.validateJWT(c,o);if(typeof s=="number"||s!==Tu&&this.require_auth_time){if(!f.auth_time)throw new m({message:"missing r\
equired JWT property auth_time",jwt:c});if(typeof f.auth_time!="number")throw new m({message:"JWT auth_time claim must be a JSON numeric value",jwt:c})}if(typeof s==
"number"&&f.auth_time+s<u-this[Z])throw new m({printf:["too much time has elapsed since the last End-User authentication, max_age %i, auth_time: %i, now %i",s,f.
auth_time,u-this[Z]],now:u,tolerance:this[Z],auth_time:f.auth_time,jwt:c});if(r!==qu&&(f.nonce||r!==void 0)&&f.nonce!==r)throw new m({printf:["nonce mismatch, e\
xpected %s, got: %s",r,f.nonce],jwt:c});if(n==="authorization"){if(!f.at_hash&&e.access_token)throw new m({message:"missing required property at_hash",jwt:c});if(!f.
c_hash&&e.code)throw new m({message:"missing required property c_hash",jwt:c});if(this.fapi1()&&!f.s_hash&&(e.state||a))throw new m({message:"missing required p\
roperty s_hash",jwt:c});if(f.s_hash){if(!a)throw new TypeError('cannot verify s_hash, "checks.state" property not provided');try{$i.validate({claim:"s_hash",source:"\
state"},f.s_hash,a,l.alg,_.jwk&&_.jwk.crv)}catch(g){throw new m({message:g.message,jwt:c})}}}if(this.fapi()&&f.iat<u-3600)throw new m({printf:["JWT issued too f\
ar in the past, now %i, iat %i",u,f.iat],now:u,tolerance:this[Z],iat:f.iat,jwt:c});if(e.access_token&&f.at_hash!==void 0)try{$i.validate({claim:"at_hash",source:"\
access_token"},f.at_hash,e.access_token,l.alg,_.jwk&&_.jwk.crv)}catch(g){throw new m({message:g.message,jwt:c})}if(e.code&&f.c_hash!==void 0)try{$i.validate({claim:"\
c_hash",source:"code"},f.c_hash,e.code,l.alg,_.jwk&&_.jwk.crv)}catch(g){throw new m({message:g.message,jwt:c})}return e}async validateJWT(e,r,n=["iss","sub","au\
d","exp","iat"]){let s=this.issuer.issuer==="https://self-issued.me",a=Li(),c,o;try{({header:c,payload:o}=lm(e,{complete:!0}))}catch(u){throw new m({printf:["fa\
iled to decode JWT (%s: %s)",u.name,u.message],jwt:e})}if(c.alg!==r)throw new m({printf:["unexpected JWT alg received, expected %s, got: %s",r,c.alg],jwt:e});if(s&&
(n=[...n,"sub_jwk"]),n.forEach(wm.bind(void 0,o,e)),o.iss!==void 0){let u=this.issuer.issuer;if(this.#n&&(u=this.issuer.issuer.replace("{tenantid}",o.tid)),o.iss!==
u)throw new m({printf:["unexpected iss value, expected %s, got: %s",u,o.iss],jwt:e})}if(o.iat!==void 0&&typeof o.iat!="number")throw new m({message:"JWT iat cla\
im must be a JSON numeric value",jwt:e});if(o.nbf!==void 0){if(typeof o.nbf!="number")throw new m({message:"JWT nbf claim must be a JSON numeric value",jwt:e});
if(o.nbf>a+this[Z])throw new m({printf:["JWT not active yet, now %i, nbf %i",a+this[Z],o.nbf],now:a,tolerance:this[Z],nbf:o.nbf,jwt:e})}if(o.exp!==void 0){if(typeof o.
exp!="number")throw new m({message:"JWT exp claim must be a JSON numeric value",jwt:e});if(a-this[Z]>=o.exp)throw new m({printf:["JWT expired, now %i, exp %i",a-
this[Z],o.exp],now:a,tolerance:this[Z],exp:o.exp,jwt:e})}if(o.aud!==void 0){if(Array.isArray(o.aud)){if(o.aud.length>1&&!o.azp)throw new m({message:"missing req\
uired JWT property azp",jwt:e});if(!o.aud.includes(this.client_id))throw new m({printf:["aud is missing the client_id, expected %s to be included in %j",this.client_id,
o.aud],jwt:e})}else if(o.aud!==this.client_id)throw new m({printf:["aud mismatch, expected %s, got: %s",this.client_id,o.aud],jwt:e})}if(o.azp!==void 0){let u=this.#s;
if(typeof u=="string"?u=[this.client_id,u]:Array.isArray(u)?u=[this.client_id,...u]:u=[this.client_id],!u.includes(o.azp))throw new m({printf:["azp mismatch, go\
t: %s",o.azp],jwt:e})}let d;if(s){try{Ui(ve(o.sub_jwk));let u=await D.importJWK(o.sub_jwk,c.alg);Ui.equal(u.type,"public"),d=[{keyObject(){return u}}]}catch{throw new m(
{message:"failed to use sub_jwk claim as an asymmetric JSON Web Key",jwt:e})}if(await D.calculateJwkThumbprint(o.sub_jwk)!==o.sub)throw new m({message:"failed t\
o match the subject with sub_jwk",jwt:e})}else c.alg.startsWith("HS")?d=[this.secretForAlg(c.alg)]:c.alg!=="none"&&(d=await Au.call(this.issuer,{...c,use:"sig"}));
if(!d&&c.alg==="none")return{protected:c,payload:o};for(let u of d){let l=await D.compactVerify(e,u instanceof Uint8Array?u:await u.keyObject(c.alg)).catch(()=>{});
if(l)return{payload:o,protected:l.protectedHeader,key:u}}throw new m({message:"failed to validate JWT signature",jwt:e})}async refresh(e,{exchangeBody:r,clientAssertionPayload:n,
DPoP:s}={}){let a=e;if(a instanceof M){if(!a.refresh_token)throw new TypeError("refresh_token not present in TokenSet");a=a.refresh_token}let c=await this.grant(
{...r,grant_type:"refresh_token",refresh_token:String(a)},{clientAssertionPayload:n,DPoP:s});if(c.id_token&&(await this.decryptIdToken(c),await this.validateIdToken(
c,qu,"token",Tu),e instanceof M&&e.id_token)){let o=e.claims().sub,d=c.claims().sub;if(d!==o)throw new m({printf:["sub mismatch, expected %s, got: %s",o,d],jwt:c.
id_token})}return c}async requestResource(e,r,{method:n,headers:s,body:a,DPoP:c,tokenType:o=c?"DPoP":r instanceof M?r.token_type:"Bearer"}={},d){if(r instanceof
M){if(!r.access_token)throw new TypeError("access_token not present in TokenSet");r=r.access_token}if(r){if(typeof r!="string")throw new TypeError("invalid acce\
ss token provided")}else throw new TypeError("no access token provided");let u={headers:{Authorization:Gi(r,o),...s},body:a},l=!!this.tls_client_certificate_bound_access_tokens,
f=await Fi.call(this,{...u,responseType:"buffer",method:n,url:e},{accessToken:r,mTLS:l,DPoP:c}),_=f.headers["www-authenticate"];return d!==Vi&&_&&_.toLowerCase().
startsWith("dpop ")&&pm(_).error==="use_dpop_nonce"?this.requestResource(e,r,{method:n,headers:s,body:a,DPoP:c,tokenType:o}):f}async userinfo(e,{method:r="GET",
via:n="header",tokenType:s,params:a,DPoP:c}={}){z(this.issuer,"userinfo_endpoint");let o={tokenType:s,method:String(r).toUpperCase(),DPoP:c};if(o.method!=="GET"&&
o.method!=="POST")throw new TypeError("#userinfo() method can only be POST or a GET");if(n==="body"&&o.method!=="POST")throw new TypeError("can only send body o\
n POST");let d=!!(this.userinfo_signed_response_alg||this.userinfo_encrypted_response_alg);d?o.headers={Accept:"application/jwt"}:o.headers={Accept:"application\
/json"};let u=!!this.tls_client_certificate_bound_access_tokens,l;u&&this.issuer.mtls_endpoint_aliases&&(l=this.issuer.mtls_endpoint_aliases.userinfo_endpoint),
l=new bu(l||this.issuer.userinfo_endpoint),n==="body"&&(o.headers.Authorization=void 0,o.headers["Content-Type"]="application/x-www-form-urlencoded",o.body=new vu,
o.body.append("access_token",e instanceof M?e.access_token:e)),a&&(o.method==="GET"?Object.entries(a).forEach(([g,y])=>{l.searchParams.append(g,y)}):o.body?Object.
entries(a).forEach(([g,y])=>{o.body.append(g,y)}):(o.body=new vu,o.headers["Content-Type"]="application/x-www-form-urlencoded",Object.entries(a).forEach(([g,y])=>{
o.body.append(g,y)}))),o.body&&(o.body=o.body.toString());let f=await this.requestResource(l,e,o),_=we(f,{bearer:!0});if(d){if(!/^application\/jwt/.test(f.headers["\
content-type"]))throw new m({message:"expected application/jwt response from the userinfo_endpoint",response:f});let g=f.body.toString(),y=await this.decryptJWTUserinfo(
g);if(this.userinfo_signed_response_alg)({payload:_}=await this.validateJWTUserinfo(y));else try{_=JSON.parse(y),Ui(ve(_))}catch{throw new m({message:"failed to\
 parse userinfo JWE payload as JSON",jwt:y})}}else try{_=JSON.parse(f.body)}catch(g){throw Object.defineProperty(g,"response",{value:f}),g}if(e instanceof M&&e.
id_token){let g=e.claims().sub;if(_.sub!==g)throw new m({printf:["userinfo sub mismatch, expected %s, got: %s",g,_.sub],body:_,jwt:e.id_token})}return _}encryptionSecret(e){
let r=e<=256?"sha256":e<=384?"sha384":e<=512?"sha512":!1;if(!r)throw new Error("unsupported symmetric encryption key derivation");return Ni.createHash(r).update(
this.client_secret).digest().slice(0,e/8)}secretForAlg(e){if(!this.client_secret)throw new TypeError("client_secret is required");return/^A(\d{3})(?:GCM)?KW$/.test(
e)?this.encryptionSecret(parseInt(RegExp.$1,10)):/^A(\d{3})(?:GCM|CBC-HS(\d{3}))$/.test(e)?this.encryptionSecret(parseInt(RegExp.$2||RegExp.$1,10)):new TextEncoder().
encode(this.client_secret)}async grant(e,{clientAssertionPayload:r,DPoP:n}={},s){z(this.issuer,"token_endpoint");let a=await Ot.call(this,"token",{form:e,responseType:"\
json"},{clientAssertionPayload:r,DPoP:n}),c;try{c=we(a)}catch(o){if(s!==Vi&&o instanceof Bi&&o.error==="use_dpop_nonce")return this.grant(e,{clientAssertionPayload:r,
DPoP:n},Vi);throw o}return new M(c)}async deviceAuthorization(e={},{exchangeBody:r,clientAssertionPayload:n,DPoP:s}={}){z(this.issuer,"device_authorization_endp\
oint"),z(this.issuer,"token_endpoint");let a=Lr.call(this,{client_id:this.client_id,redirect_uri:null,response_type:null,...e}),c=await Ot.call(this,"device_aut\
horization",{responseType:"json",form:a},{clientAssertionPayload:n,endpointAuthMethod:"token"}),o=we(c);return new ym({client:this,exchangeBody:r,clientAssertionPayload:n,
response:o,maxAge:e.max_age,DPoP:s})}async revoke(e,r,{revokeBody:n,clientAssertionPayload:s}={}){if(z(this.issuer,"revocation_endpoint"),r!==void 0&&typeof r!=
"string")throw new TypeError("hint must be a string");let a={...n,token:e};r&&(a.token_type_hint=r);let c=await Ot.call(this,"revocation",{form:a},{clientAssertionPayload:s});
we(c,{body:!1})}async introspect(e,r,{introspectBody:n,clientAssertionPayload:s}={}){if(z(this.issuer,"introspection_endpoint"),r!==void 0&&typeof r!="string")throw new TypeError(
"hint must be a string");let a={...n,token:e};r&&(a.token_type_hint=r);let c=await Ot.call(this,"introspection",{form:a,responseType:"json"},{clientAssertionPayload:s});
return we(c)}static async register(e,r={}){let{initialAccessToken:n,jwks:s,...a}=r;if(z(this.issuer,"registration_endpoint"),s!==void 0&&!(e.jwks||e.jwks_uri)){
let d=await Wu.call(this,s);e.jwks=d.toJWKS()}let c=await Fi.call(this,{headers:{Accept:"application/json",...n?{Authorization:Gi(n)}:void 0},responseType:"json",
json:e,url:this.issuer.registration_endpoint,method:"POST"}),o=we(c,{statusCode:201,bearer:!0});return new this(o,s,a)}get metadata(){return ju(Object.fromEntries(
this.#e.entries()))}static async fromUri(e,r,n,s){let a=await Fi.call(this,{method:"GET",url:e,responseType:"json",headers:{Authorization:Gi(r),Accept:"applicat\
ion/json"}}),c=we(a,{bearer:!0});return new this(c,n,s)}async requestObject(e={},{sign:r=this.request_object_signing_alg||"none",encrypt:{alg:n=this.request_object_encryption_alg,
enc:s=this.request_object_encryption_enc||"A128CBC-HS256"}={}}={}){if(!ve(e))throw new TypeError("requestObject must be a plain object");let a,c,o=Li(),d={alg:r,
typ:"oauth-authz-req+jwt"},u=JSON.stringify(Su({},e,{iss:this.client_id,aud:this.issuer.issuer,client_id:this.client_id,jti:Pu(),iat:o,exp:o+300,...this.fapi()?
{nbf:o}:void 0}));if(r==="none")a=[Br.encode(JSON.stringify(d)),Br.encode(u),""].join(".");else{let f=r.startsWith("HS");if(f)c=this.secretForAlg(r);else{let _=await zi.
get(this);if(!_)throw new TypeError(`no keystore present for client, cannot sign using alg ${r}`);if(c=_.get({alg:r,use:"sig"}),!c)throw new TypeError(`no key t\
o sign with found for alg ${r}`)}a=await new D.CompactSign(new TextEncoder().encode(u)).setProtectedHeader({...d,kid:f?void 0:c.jwk.kid}).sign(f?c:await c.keyObject(
r))}if(!n)return a;let l={alg:n,enc:s,cty:"oauth-authz-req+jwt"};return l.alg.match(/^(RSA|ECDH)/)?[c]=await Au.call(this.issuer,{alg:l.alg,use:"enc"},{allowMulti:!0}):
c=this.secretForAlg(l.alg==="dir"?l.enc:l.alg),new D.CompactEncrypt(new TextEncoder().encode(a)).setProtectedHeader({...l,kid:c instanceof Uint8Array?void 0:c.jwk.
kid}).encrypt(c instanceof Uint8Array?c:await c.keyObject(l.alg))}async pushedAuthorizationRequest(e={},{clientAssertionPayload:r}={}){z(this.issuer,"pushed_aut\
horization_request_endpoint");let n={..."request"in e?e:Lr.call(this,e),client_id:this.client_id},s=await Ot.call(this,"pushed_authorization_request",{responseType:"\
json",form:n},{clientAssertionPayload:r,endpointAuthMethod:"token"}),a=we(s,{statusCode:201});if(!("expires_in"in a))throw new m({message:"expected expires_in i\
n Pushed Authorization Successful Response",response:s});if(typeof a.expires_in!="number")throw new m({message:"invalid expires_in value in Pushed Authorization\
 Successful Response",response:s});if(!("request_uri"in a))throw new m({message:"expected request_uri in Pushed Authorization Successful Response",response:s});
if(typeof a.request_uri!="string")throw new m({message:"invalid request_uri value in Pushed Authorization Successful Response",response:s});return a}get issuer(){
return this.#t}[wu.custom](){return`${this.constructor.name} ${wu(this.metadata,{depth:1/0,colors:process.stdout.isTTY,compact:!1,sorted:!0})}`}fapi(){return this.
fapi1()||this.fapi2()}fapi1(){return this.constructor.name==="FAPI1Client"}fapi2(){return this.constructor.name==="FAPI2Client"}async validateJARM(e){let r=this.
authorization_signed_response_alg,{payload:n}=await this.validateJWT(e,r,["iss","exp","aud"]);return be(n)}async dpopProof(e,r,n){if(!ve(e))throw new TypeError(
"payload must be a plain object");let s;if(xu(r))s=r;else if(r[Symbol.toStringTag]==="CryptoKey")s=r;else if(D.cryptoRuntime==="node:crypto")s=Ni.createPrivateKey(
r);else throw new TypeError("unrecognized crypto runtime");if(s.type!=="private")throw new TypeError('"DPoP" option must be a private key');let a=to.call(this,s,
r);if(!a)throw new TypeError("could not determine DPoP JWS Algorithm");return new D.SignJWT({ath:n?Br.encode(Ni.createHash("sha256").update(n).digest()):void 0,
...e}).setProtectedHeader({alg:a,typ:"dpop+jwt",jwk:await Em(s,r)}).setIssuedAt().setJti(Pu()).sign(s)}};function Ou(t){switch(t.algorithm.name){case"Ed25519":case"\
Ed448":return"EdDSA";case"ECDSA":{switch(t.algorithm.namedCurve){case"P-256":return"ES256";case"P-384":return"ES384";case"P-521":return"ES512";default:break}break}case"\
RSASSA-PKCS1-v1_5":return`RS${t.algorithm.hash.name.slice(4)}`;case"RSA-PSS":return`PS${t.algorithm.hash.name.slice(4)}`;default:throw new TypeError("unsupporte\
d DPoP private key")}}i(Ou,"determineDPoPAlgorithmFromCryptoKey");var to;if(D.cryptoRuntime==="node:crypto"){let e=function(o,d,u){if(typeof d=="object"&&d.format===
"jwk"&&d.key&&d.key.alg)return d.key.alg;if(Array.isArray(u)){let l=u.filter(RegExp.prototype.test.bind(t));return o.asymmetricKeyType==="rsa-pss"&&(l=l.filter(
f=>f.startsWith("PS"))),["PS256","PS384","PS512","RS256","RS384","RS384"].find(f=>l.includes(f))}return"PS256"},c=function(o,d){switch(typeof d=="object"&&typeof d.
key=="object"&&d.key.crv){case"P-256":return"ES256";case"secp256k1":return"ES256K";case"P-384":return"ES384";case"P-512":return"ES512";default:break}let u=o.export(
{format:"der",type:"pkcs8"}),l=u[1]<128?17:18,f=u[l],_=u.slice(l+1,l+1+f);if(_.equals(r))return"ES256";if(_.equals(n))return"ES384";if(_.equals(s))return"ES512";
if(_.equals(a))return"ES256K";throw new TypeError("unsupported DPoP private key curve")};Pm=e,jm=c,i(e,"determineRsaAlgorithm"),i(c,"determineEcAlgorithm"),to=i(
function(o,d){if(d[Symbol.toStringTag]==="CryptoKey")return Ou(o);switch(o.asymmetricKeyType){case"ed25519":case"ed448":return"EdDSA";case"ec":return c(o,d);case"\
rsa":case(gm&&"rsa-pss"):return e(o,d,this.issuer.dpop_signing_alg_values_supported);default:throw new TypeError("unsupported DPoP private key")}},"determineDPo\
PAlgorithm");let t=/^(?:RS|PS)(?:256|384|512)$/,r=Buffer.from([42,134,72,206,61,3,1,7]),n=Buffer.from([43,129,4,0,34]),s=Buffer.from([43,129,4,0,35]),a=Buffer.from(
[43,129,4,0,10])}else to=Ou;var Pm,jm,Yi=new WeakMap;async function Em(t,e){if(D.cryptoRuntime==="node:crypto"&&typeof e=="object"&&typeof e.key=="object"&&e.format===
"jwk")return eo(e.key,"kty","crv","x","y","e","n");if(Yi.has(e))return Yi.get(e);let r=eo(await D.exportJWK(t),"kty","crv","x","y","e","n");return(xu(e)||D.cryptoRuntime===
"WebCryptoAPI")&&Yi.set(e,r),r}i(Em,"getJwk");ro.exports=(t,e=!1)=>class extends Fr{static{i(this,"Client")}constructor(...n){super(t,e,...n)}static get issuer(){
return t}};ro.exports.BaseClient=Fr});var Ku=p((eS,ku)=>{var Am=Rr();ku.exports=new Am({max:100})});var Iu=p((tS,Cu)=>{var Jm=/^\d+$/;function qm(t){if(t.includes("://"))return!0;let e=t.replace(/(\/|\?)/g,"#").split("#")[0];if(e.includes(":")){let r=e.indexOf(
":"),n=e.slice(r+1);if(!Jm.test(n))return!0}return!1}i(qm,"hasScheme");function Tm(t){if(!t.includes("@"))return!1;let e=t.split("@"),r=e[e.length-1];return!(r.
includes(":")||r.includes("/")||r.includes("?"))}i(Tm,"acctSchemeAssumed");function Wm(t){if(typeof t!="string")throw new TypeError("input must be a string");let e;
return qm(t)?e=t:Tm(t)?e=`acct:${t}`:e=`https://${t}`,e.split("#")[0]}i(Wm,"normalize");Cu.exports=Wm});var Nu=p((iS,Du)=>{var{inspect:Hu}=require("util"),oo=require("url"),{RPError:so}=te(),Om=no(),zr=Ku(),Ru=Cr(),xm=Iu(),Mu=et(),km=qt(),{keystore:Km}=Mi(),Cm=["h\
ttps://login.microsoftonline.com/common/.well-known/openid-configuration","https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration","http\
s://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration","https://login.microsoftonline.com/consumers/v2.0/.well-known/openid-configur\
ation"],io=Symbol(),Im={claim_types_supported:["normal"],claims_parameter_supported:!1,grant_types_supported:["authorization_code","implicit"],request_parameter_supported:!1,
request_uri_parameter_supported:!0,require_request_uri_registration:!1,response_modes_supported:["query","fragment"],token_endpoint_auth_methods_supported:["cli\
ent_secret_basic"]},ao=class t{static{i(this,"Issuer")}#e;constructor(e={}){let r=e[io];delete e[io],["introspection","revocation"].forEach(s=>{e[`${s}_endpoint`]&&
e[`${s}_endpoint_auth_methods_supported`]===void 0&&e[`${s}_endpoint_auth_signing_alg_values_supported`]===void 0&&(e.token_endpoint_auth_methods_supported&&(e[`${s}\
_endpoint_auth_methods_supported`]=e.token_endpoint_auth_methods_supported),e.token_endpoint_auth_signing_alg_values_supported&&(e[`${s}_endpoint_auth_signing_a\
lg_values_supported`]=e.token_endpoint_auth_signing_alg_values_supported))}),this.#e=new Map,Object.entries(e).forEach(([s,a])=>{this.#e.set(s,a),this[s]||Object.
defineProperty(this,s,{get(){return this.#e.get(s)},enumerable:!0})}),zr.set(this.issuer,this);let n=Om(this,r);Object.defineProperties(this,{Client:{value:n,enumerable:!0},
FAPI1Client:{value:class extends n{static{i(this,"FAPI1Client")}},enumerable:!0},FAPI2Client:{value:class extends n{static{i(this,"FAPI2Client")}},enumerable:!0}})}get metadata(){
return km(Object.fromEntries(this.#e.entries()))}static async webfinger(e){let r=xm(e),{host:n}=oo.parse(r),s=`https://${n}/.well-known/webfinger`,a=await Mu.call(
this,{method:"GET",url:s,responseType:"json",searchParams:{resource:r,rel:"http://openid.net/specs/connect/1.0/issuer"},headers:{Accept:"application/json"}}),c=Ru(
a),o=Array.isArray(c.links)&&c.links.find(l=>typeof l=="object"&&l.rel==="http://openid.net/specs/connect/1.0/issuer"&&l.href);if(!o)throw new so({message:"no i\
ssuer found in webfinger response",body:c});if(typeof o.href!="string"||!o.href.startsWith("https://"))throw new so({printf:["invalid issuer location %s",o.href],
body:c});let d=o.href;if(zr.has(d))return zr.get(d);let u=await this.discover(d);if(u.issuer!==d)throw zr.del(u.issuer),new so("discovered issuer mismatch, expe\
cted %s, got: %s",d,u.issuer);return u}static async discover(e){let r=Hm(e),n=await Mu.call(this,{method:"GET",responseType:"json",url:r,headers:{Accept:"applic\
ation/json"}}),s=Ru(n);return new t({...Im,...s,[io]:!!Cm.find(a=>r.startsWith(a))})}async reloadJwksUri(){await Km.call(this,!0)}[Hu.custom](){return`${this.constructor.
name} ${Hu(this.metadata,{depth:1/0,colors:process.stdout.isTTY,compact:!1,sorted:!0})}`}};function Hm(t){let e=oo.parse(t);if(e.pathname.includes("/.well-known\
/"))return t;{let r;return e.pathname.endsWith("/")?r=`${e.pathname}.well-known/openid-configuration`:r=`${e.pathname}/.well-known/openid-configuration`,oo.format(
{...e,pathname:r})}}i(Hm,"resolveWellKnownUri");Du.exports=ao});var zu=p((aS,Fu)=>{var Uu=require("url"),{format:Rm}=require("util"),$u=qt(),{RPError:Bu,OPError:Mm}=te(),{BaseClient:Dm}=no(),{random:co,codeChallenge:Nm}=jt(),
Um=kr(),{resolveResponseType:$m,resolveRedirectUri:Bm}=Ki();function Lm(t,e,r={}){t?this.error(t):e?this.success(e,r):this.fail(r)}i(Lm,"verified");function Lu({
client:t,params:e={},passReqToCallback:r=!1,sessionKey:n,usePKCE:s=!0,extras:a={}}={},c){if(!(t instanceof Dm))throw new TypeError("client must be an instance o\
f openid-client Client");if(typeof c!="function")throw new TypeError("verify callback must be a function");if(!t.issuer||!t.issuer.issuer)throw new TypeError("c\
lient must have an issuer with an identifier");if(this._client=t,this._issuer=t.issuer,this._verify=c,this._passReqToCallback=r,this._usePKCE=s,this._key=n||`oi\
dc:${Uu.parse(this._issuer.issuer).hostname}`,this._params=$u(e),delete this._params.state,delete this._params.nonce,this._extras=$u(a),this._params.response_type||
(this._params.response_type=$m.call(t)),this._params.redirect_uri||(this._params.redirect_uri=Bm.call(t)),this._params.scope||(this._params.scope="openid"),this.
_usePKCE===!0){let o=Array.isArray(this._issuer.code_challenge_methods_supported)?this._issuer.code_challenge_methods_supported:!1;if(o&&o.includes("S256"))this.
_usePKCE="S256";else if(o&&o.includes("plain"))this._usePKCE="plain";else{if(o)throw new TypeError("neither code_challenge_method supported by the client is sup\
ported by the issuer");this._usePKCE="S256"}}else if(typeof this._usePKCE=="string"&&!["plain","S256"].includes(this._usePKCE))throw new TypeError(`${this._usePKCE}\
 is not valid/implemented PKCE code_challenge_method`);this.name=Uu.parse(t.issuer.issuer).hostname}i(Lu,"OpenIDConnectStrategy");Lu.prototype.authenticate=i(function(e,r){
(async()=>{let n=this._client;if(!e.session)throw new TypeError("authentication requires session support");let s=n.callbackParams(e),a=this._key,{0:c,length:o}=Object.
keys(s);if(o===0||o===1&&c==="iss"){let T={state:co(),...this._params,...r};if(!T.nonce&&T.response_type.includes("id_token")&&(T.nonce=co()),e.session[a]=Um(T,
"nonce","state","max_age","response_type"),this._usePKCE&&T.response_type.includes("code")){let Vr=co();switch(e.session[a].code_verifier=Vr,this._usePKCE){case"\
S256":T.code_challenge=Nm(Vr),T.code_challenge_method="S256";break;case"plain":T.code_challenge=Vr;break}}this.redirect(n.authorizationUrl(T));return}let d=e.session[a];
if(Object.keys(d||{}).length===0)throw new Error(Rm('did not find expected authorization request details in session, req.session["%s"] is %j',a,d));let{state:u,
nonce:l,max_age:f,code_verifier:_,response_type:g}=d;try{delete e.session[a]}catch{}let y={redirect_uri:this._params.redirect_uri,...r},b={state:u,nonce:l,max_age:f,
code_verifier:_,response_type:g},E=await n.callback(y.redirect_uri,s,b,this._extras),q=this._passReqToCallback,ue=this._verify.length>(q?3:2)&&n.issuer.userinfo_endpoint,
ee=[E,Lm.bind(this)];if(ue){if(!E.access_token)throw new Bu({message:"expected access_token to be returned when asking for userinfo in verify callback",tokenset:E});
let T=await n.userinfo(E);ee.splice(1,0,T)}q&&ee.unshift(e),this._verify(...ee)})().catch(n=>{n instanceof Mm&&n.error!=="server_error"&&!n.error.startsWith("in\
valid")||n instanceof Bu?this.fail(n):this.error(n)})},"authenticate");Fu.exports=Lu});var Gu=p((uS,Vu)=>{var Fm=Nu(),{OPError:zm,RPError:Vm}=te(),Gm=zu(),Xm=Si(),{CLOCK_TOLERANCE:Ym,HTTP_OPTIONS:Qm}=Mr(),Zm=jt(),{setDefaults:eg}=et();Vu.exports={
Issuer:Fm,Strategy:Gm,TokenSet:Xm,errors:{OPError:zm,RPError:Vm},custom:{setHttpOptionsDefaults:eg,http_options:Qm,clock_tolerance:Ym},generators:Zm}});var cg={};td(cg,{Issuer:()=>rg,Strategy:()=>ng,TokenSet:()=>sg,custom:()=>og,default:()=>tg,errors:()=>ig,generators:()=>ag});module.exports=nd(cg);var Se=rd(Gu(),1),
tg=Se.default,rg=Se.default.Issuer,ng=Se.default.Strategy,sg=Se.default.TokenSet,ig=Se.default.errors,og=Se.default.custom,ag=Se.default.generators;0&&(module.exports={Issuer,Strategy,TokenSet,custom,errors,generators});
