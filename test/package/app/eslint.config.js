import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
import { defineConfig } from "eslint/config";

export default defineConfig(klaviyoScopes.configs.recommended);
