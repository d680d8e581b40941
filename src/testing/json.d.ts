/** JSON files of the package, which the build puts into the modules that import them. */
declare module "*.json" {
  const value: unknown;
  // biome-ignore lint/style/noDefaultExport: what an import of JSON gives
  export default value;
}
