namespace Tame.Generator; internal static class Placeholder;
