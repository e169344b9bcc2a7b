using System.ComponentModel;

namespace Tame.CompilerServices;

/// <summary>The type that <c>using (twait())</c> disposes of, as the compiler and the IDE see it. No body ever gets one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TwaitBlock
{
    /// <summary>The closing brace.</summary>
    public void Dispose()
    {
    }
}
