using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>
/// A handle of this library for a descriptor. It knows its registration and reports its own closing, so the table needs no weak reference to it. The owner must
/// notify the table before it closes the handle. Only the finalizer closes a handle without that, when its owner no longer refers to it.
/// </summary>
internal abstract class OwnHandle : SafeHandleMinusOneIsInvalid
{
    protected OwnHandle(int fd)
        : base(ownsHandle: true) => SetHandle(fd);

    /// <summary>The registration to which its owner's last wait has bound it. Only the loop of its owner sets it.</summary>
    public Registration? Registration { get; set; }

    /// <summary>The number. The caller keeps the handle alive while it uses it.</summary>
    public int Number => (int)handle;

    protected sealed override bool ReleaseHandle()
    {
        if (Registration is { } registration)
            registration.IsOwnerGone = true;    // rule 5 of docs/threads.md: before the close, after which the number may belong to another file
        return Close(Number);
    }

    /// <summary>Closes the descriptor.</summary>
    protected abstract bool Close(int fd);
}
