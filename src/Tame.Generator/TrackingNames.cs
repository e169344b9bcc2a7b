using Tame.Generator.Binding.Reuse;

namespace Tame.Generator;

/// <summary>The names of the pipeline's steps, by which tests see which ran again.</summary>
internal static class TrackingNames
{
    public const string Keyed = nameof(Keyed);
    public const string Bound = nameof(Bound);
    public const string Nesting = nameof(Nesting);
    public const string Lowered = nameof(Lowered);
    public const string Emitted = nameof(Emitted);
}
