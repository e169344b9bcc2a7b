namespace Tame;

/// <summary>Events as callbacks of other shapes.</summary>
public static class CallbackAdapters
{
    /// <summary>A callback for a Begin method, which triggers the event with the result that the End method wants.</summary>
    /// <param name="e">The event.</param>
    /// <returns>The callback. It may be called from any thread, any number of times: the first call completes the event.</returns>
    public static AsyncCallback ToAsyncCallback(this Event<IAsyncResult> e) => result => e.Trigger(result);

    /// <summary>A handler that triggers the event with the sender and the arguments it is called with.</summary>
    /// <typeparam name="TArgs">The type of the arguments.</typeparam>
    /// <param name="e">The event.</param>
    /// <returns>The handler. It may be called from any thread, any number of times: the first call completes the event.</returns>
    public static EventHandler<TArgs> ToEventHandler<TArgs>(this Event<object?, TArgs> e) => (sender, arguments) => e.Trigger(sender, arguments);
}
