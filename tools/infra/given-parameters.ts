import { isPerService } from '../infra-check/resolve/deployment-order.ts';
import { isObject, type JsonObject } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import type { Profile } from '../infra-check/resolve/resolve-chapters.ts';

/** `Name=value` of a command line, for every template that declares Name; `order:Name=value` for one service or template. */
export type GivenParameter = { only: string | undefined; name: string; value: string };

/** Throws for what is not like `Name=value`. */
export function readGiven(texts: readonly string[]): GivenParameter[] {
  return texts.map((text) => {
    const [, only, name = '', value = ''] = /^(?:([\w-]+):)?(\w+)=(.*)$/s.exec(text) ?? [];
    if (name === '') throw new Error(`--parameter is "${text}", and should be like Name=value or order:Name=value.`);
    return { only, name, value };
  });
}

/** The profile with other values, which win over those of its file. Throws for a parameter that no template declares. */
export function withGiven(profile: Profile, templates: readonly Template[], given: readonly GivenParameter[]): Profile {
  return given.reduce((changed, each) => withOne(changed, templates, each), profile);
}

function withOne(profile: Profile, templates: readonly Template[], { only, name, value }: GivenParameter): Profile {
  const declaring = templates.filter((template) => declaredParameters(template).includes(name));
  const services = objectIn(profile.values, 'service');
  const values = { ...profile.values };
  let taken = 0;
  for (const template of declaring.filter((each) => !isPerService(each.name)).map((each) => each.name)) {
    if (only !== undefined && only !== template) continue;
    values[template] = { ...objectIn(values, template), [name]: value };
    taken += 1;
  }
  if (declaring.some((each) => isPerService(each.name))) {
    // The profile may give it to some services alone, as only payment knows a gateway: then it is theirs.
    const having = Object.keys(services).filter((service) => name in objectIn(services, service));
    const all = having.length > 0 ? having : Object.keys(services);
    const chosen = only === undefined ? all : Object.keys(services).filter((service) => service === only);
    taken += chosen.length;
    const changed = chosen.map((service) => [service, { ...objectIn(services, service), [name]: value }]);
    values.service = { ...services, ...Object.fromEntries(changed) };
  }
  if (taken === 0)
    throw new Error(`No template${only === undefined ? '' : ` of ${only}`} declares the parameter ${name}.`);
  return { ...profile, values };
}

function objectIn(values: JsonObject, name: string): JsonObject {
  const found = values[name];
  return isObject(found) ? found : {};
}
