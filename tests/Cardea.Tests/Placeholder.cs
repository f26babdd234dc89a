namespace Cardea; internal static class Placeholder;
