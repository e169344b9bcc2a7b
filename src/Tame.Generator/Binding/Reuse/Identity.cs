using System.Runtime.CompilerServices;

namespace Tame.Generator.Binding.Reuse;

/// <summary>A number for each object, constant while the object lives and never another's. It represents an object that must not be kept.</summary>
internal static class Identity
{
    private static readonly ConditionalWeakTable<object, StrongBox<int>> s_numbers = new();
    private static int s_last;

    public static int Of(object thing) => s_numbers.GetValue(thing, static _ => new StrongBox<int>(Interlocked.Increment(ref s_last))).Value;
}
