namespace Tame;

/// <summary>The primitives of Figure 2.</summary>
public static class Primitives
{
}
