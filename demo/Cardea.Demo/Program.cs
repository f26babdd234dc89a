using System.CommandLine;
using System.Net;
using Cardea.Demo;
using Cardea.Hosting;

var port = new Option<int>("--port") { Description = "Where to listen on this machine; 0 takes any free port.", DefaultValueFactory = _ => 5080 };
port.Validators.Add(given =>
{
    if (given.GetValue(port) is < IPEndPoint.MinPort or > IPEndPoint.MaxPort) { given.AddError($"--port is a number up to {IPEndPoint.MaxPort}."); }
});
var data = new Option<string?>("--data")
{
    Description = "Folder for the database, the mails and demo.json. Kept: a second start goes on with it. Without it, each start is fresh, in ./data/demo.",
};
var clockOffset = new Option<TimeSpan>("--clock-offset")
{
    Description = "How far ahead the clock runs: 61d, 12h or 30m. New people, one administrator and one operator are made at that time, all others now.",
    CustomParser = ClockOffset.Parse,
};
var policy = new Option<string?>("--policy") { Description = "Preset of the policy: miic, clinical-portal, clinic or nist. miic unless given." };

var command = new RootCommand("The product with sample organizations and people, a mailbox page and a clock that can run ahead.") { port, data, clockOffset, policy };
command.SetAction((given, cancellationToken) => ConfigurationMistakes.StopTheStartAsync(
    () => DemoHost.RunAsync(
        new() { Port = given.GetValue(port), Data = given.GetValue(data), ClockOffset = given.GetValue(clockOffset), Policy = given.GetValue(policy) },
        cancellationToken),
    Console.Error));
return await command.Parse(args).InvokeAsync();
