using Planted;
using Seatrial.Worker.Hosting;

await using var flaws = new Flaws();
return await WorkerHost.RunAsync(flaws.Configure);
